using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Judges comments by rules. Every rule reports a finding; the most severe finding determines the verdict: spam before
/// held before approved.
/// </summary>
public static class CommentRules
{
    /// <summary>
    /// Maximum number of listed words that reasons name. A comment may contain hundreds of them, and the table row and
    /// the mail must hold the reasons.
    /// </summary>
    private const int MaxWords = 5;

    /// <summary>Returns the verdict of all rules about a comment. Approved when no rule objects.</summary>
    /// <param name="comment">The comment, with the text to judge.</param>
    /// <param name="settings">The settings of the rules.</param>
    /// <param name="isOpen">Whether the post is published and takes comments.</param>
    /// <param name="isKnown">Whether another comment with the same name and e-mail address is approved.</param>
    /// <param name="texts">The texts of the blog, for the reasons. The trace is in English.</param>
    public static Verdict Judge(Comment comment, CommentSettings settings, bool isOpen, bool isKnown, SiteTexts texts)
    {
        if (comment.IsByAuthor)
        {
            return new Verdict(
                CommentState.Approved,
                [texts["reason.author"]],
                [Pass("author", "written in the admin area")]
            );
        }

        var trace = Evaluate(comment, settings, isOpen, isKnown, texts);
        var state =
            trace.Any(finding => finding.Says == CommentState.Spam) ? CommentState.Spam
            : trace.Any(finding => finding.Says == CommentState.Held) ? CommentState.Held
            : CommentState.Approved;
        var reasons = trace
            .Where(finding => finding.Says == state)
            .SelectMany(finding => finding.Reasons)
            .DefaultIfEmpty(texts["reason.none"]);
        return new Verdict(state, [.. reasons], trace);
    }

    private static RuleFinding[] Evaluate(
        Comment comment,
        CommentSettings settings,
        bool isOpen,
        bool isKnown,
        SiteTexts texts
    ) =>
        [
            CheckWords(
                "words that make spam",
                CommentState.Spam,
                found => texts.Format("reason.spam-word", ("word", found)),
                comment,
                settings.DisallowedKeys
            ),
            CheckHoneypot(comment, texts),
            CheckPostIsOpen(isOpen, texts),
            CheckHoldAll(settings, texts),
            CheckLinks(comment, settings, texts),
            CheckWords(
                "words that hold",
                CommentState.Held,
                found => texts.Format("reason.held-word", ("word", found)),
                comment,
                settings.ModerationKeys
            ),
            CheckFormTime(comment, settings, texts),
            CheckWriter(settings, isKnown, texts),
        ];

    private static RuleFinding CheckWords(
        string rule,
        CommentState says,
        Func<string, string> describe,
        Comment comment,
        IReadOnlyList<string> words
    )
    {
        var found = words.Where(comment.Mentions).Take(MaxWords).ToList();
        return new RuleFinding(
            rule,
            found.Count == 0 ? $"none of {Count(words.Count, "word")}" : string.Join(", ", found),
            found.Count == 0 ? null : says,
            [.. found.Select(describe)]
        );
    }

    private static RuleFinding CheckHoneypot(Comment comment, SiteTexts texts) =>
        comment.FilledHoneypot
            ? new("hidden field", "filled in", CommentState.Spam, [texts["reason.honeypot"]])
            : Pass("hidden field", "empty");

    private static RuleFinding CheckPostIsOpen(bool isOpen, SiteTexts texts) =>
        isOpen
            ? Pass("open post", "the post takes comments")
            : new("open post", "the post is closed", CommentState.Held, [texts["reason.closed"]]);

    private static RuleFinding CheckHoldAll(CommentSettings settings, SiteTexts texts) =>
        settings.Moderation ? new("hold all", "on", CommentState.Held, [texts["reason.all"]]) : Pass("hold all", "off");

    private static RuleFinding CheckLinks(Comment comment, CommentSettings settings, SiteTexts texts)
    {
        var links = comment.Body.CountLinks();
        var saw =
            settings.MaxLinks > 0
                ? $"{Count(links, "link")}; {Format(settings.MaxLinks)} or more hold a comment"
                : $"{Count(links, "link")}; any number passes";
        return settings.MaxLinks > 0 && links >= settings.MaxLinks
            ? new(
                "links",
                saw,
                CommentState.Held,
                [texts.Count("reason.links", links, ("limit", Format(settings.MaxLinks)))]
            )
            : Pass("links", saw);
    }

    private static RuleFinding CheckFormTime(Comment comment, CommentSettings settings, SiteTexts texts) =>
        (settings.FormSeconds, comment.WritingSeconds) switch
        {
            (0, _) => Pass("form", "not looked at"),
            (_, null) => new("form", "no token", CommentState.Held, [texts["reason.no-token"]]),
            var (minimum, seconds) when seconds < minimum => new(
                "form",
                Count(seconds.Value, "second"),
                CommentState.Held,
                [texts.Count("reason.fast", seconds.Value, ("least", Format(minimum)))]
            ),
            var (_, seconds) => Pass("form", Count(seconds.Value, "second")),
        };

    private static RuleFinding CheckWriter(CommentSettings settings, bool isKnown, SiteTexts texts) =>
        (settings.PreviouslyApproved, isKnown) switch
        {
            (false, _) => Pass("known writer", "not looked at"),
            (true, true) => Pass("known writer", "approved before"),
            _ => new("known writer", "not approved before", CommentState.Held, [texts["reason.first"]]),
        };

    private static RuleFinding Pass(string rule, string saw) => new(rule, saw, null, []);

    private static string Count(int number, string thing) => $"{Format(number)} {thing}{(number == 1 ? "" : "s")}";

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The verdict about a comment, by the rules or by a person.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reasons">The reasons, one sentence each; at least one.</param>
/// <param name="Trace">The findings of all rules; null when a person decided.</param>
/// <param name="IsRestorable">
/// For the trash: whether a moderator can restore it, see <see cref="Comment.IsRestorable"/>.
/// </param>
/// <param name="Text">The text as a moderator corrected it; null to keep the text.</param>
public sealed record Verdict(
    CommentState State,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<RuleFinding>? Trace = null,
    bool IsRestorable = false,
    string? Text = null
);

/// <summary>The finding of one rule about a comment.</summary>
/// <param name="Rule">The name of the rule, such as "links".</param>
/// <param name="Saw">The evidence in words, such as "1 link; 2 or more hold a comment".</param>
/// <param name="Says">The state that the rule demands, held or spam; null when it does not object.</param>
/// <param name="Reasons">The reasons, one sentence each; empty when it does not object.</param>
public sealed record RuleFinding(string Rule, string Saw, CommentState? Says, IReadOnlyList<string> Reasons);

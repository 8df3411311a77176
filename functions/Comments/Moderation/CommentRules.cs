using System.Globalization;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>The rules that judge a comment. Each says what it saw and, if it objects, why; spam outweighs held, held outweighs approved.</summary>
public static class CommentRules
{
    /// <summary>The most words that reasons name: a comment may be made of hundreds, and row and mail must hold the reasons.</summary>
    private const int MaxWords = 5;

    /// <summary>Judges a comment.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="settings">What the owner wants.</param>
    /// <param name="isOpen">Whether its post takes comments.</param>
    /// <param name="isKnown">Whether a comment of this name and e-mail address was approved before.</param>
    public static Verdict Judge(Comment comment, CommentSettings settings, bool isOpen, bool isKnown)
    {
        if (comment.IsByAuthor)
        {
            return new Verdict(
                CommentState.Approved,
                ["An author wrote it in the admin area."],
                [Fine("author", "written in the admin area")]
            );
        }

        RuleFinding[] trace =
        [
            Words(
                "words that make spam",
                CommentState.Spam,
                "one of the words that make a comment spam",
                comment,
                settings.DisallowedKeys
            ),
            Trap(comment),
            Open(isOpen),
            Everything(settings),
            Links(comment, settings),
            Words(
                "words that hold",
                CommentState.Held,
                "one of the words that hold a comment",
                comment,
                settings.ModerationKeys
            ),
            Form(comment, settings),
            Writer(settings, isKnown),
        ];
        var state =
            trace.Any(finding => finding.Says == CommentState.Spam) ? CommentState.Spam
            : trace.Any(finding => finding.Says == CommentState.Held) ? CommentState.Held
            : CommentState.Approved;
        var reasons = trace
            .Where(finding => finding.Says == state)
            .SelectMany(finding => finding.Reasons)
            .DefaultIfEmpty("No rule objects.");
        return new Verdict(state, [.. reasons], trace);
    }

    private static RuleFinding Words(
        string rule,
        CommentState says,
        string kind,
        Comment comment,
        IReadOnlyList<string> words
    )
    {
        var found = words.Where(comment.Mentions).Take(MaxWords).ToList();
        return new RuleFinding(
            rule,
            found.Count == 0 ? $"none of {Count(words.Count, "word")}" : string.Join(", ", found),
            found.Count == 0 ? null : says,
            [.. found.Select(word => $"It has \"{word}\", {kind}.")]
        );
    }

    private static RuleFinding Trap(Comment comment) =>
        comment.IsTrapped
            ? new("hidden field", "filled in", CommentState.Spam, ["It filled in a field that people do not see."])
            : Fine("hidden field", "empty");

    private static RuleFinding Open(bool isOpen) =>
        isOpen
            ? Fine("open post", "the post takes comments")
            : new("open post", "the post is closed", CommentState.Held, ["The post takes no comments any more."]);

    private static RuleFinding Everything(CommentSettings settings) =>
        settings.Moderation
            ? new("hold all", "on", CommentState.Held, ["Every comment is held, as the owner has set."])
            : Fine("hold all", "off");

    private static RuleFinding Links(Comment comment, CommentSettings settings)
    {
        var links = CommentMarkdown.CountLinks(comment.Text);
        var saw =
            settings.MaxLinks > 0
                ? $"{Count(links, "link")}; {Number(settings.MaxLinks)} or more hold a comment"
                : $"{Count(links, "link")}; any number passes";
        return settings.MaxLinks > 0 && links >= settings.MaxLinks
            ? new("links", saw, CommentState.Held, [$"It has {saw}."])
            : Fine("links", saw);
    }

    private static RuleFinding Form(Comment comment, CommentSettings settings) =>
        (settings.FormSeconds, comment.WritingSeconds) switch
        {
            (0, _) => Fine("form", "not looked at"),
            (_, null) => new(
                "form",
                "no token",
                CommentState.Held,
                ["It came without the token of the page's script: from a browser without scripts, or from a robot."]
            ),
            var (least, seconds) when seconds < least => new(
                "form",
                Count(seconds.Value, "second"),
                CommentState.Held,
                [$"It was written in {Count(seconds.Value, "second")}: people take at least {Number(least)}."]
            ),
            var (_, seconds) => Fine("form", Count(seconds.Value, "second")),
        };

    private static RuleFinding Writer(CommentSettings settings, bool isKnown) =>
        (settings.PreviouslyApproved, isKnown) switch
        {
            (false, _) => Fine("known writer", "not looked at"),
            (true, true) => Fine("known writer", "approved before"),
            _ => new(
                "known writer",
                "not approved before",
                CommentState.Held,
                ["It is the first comment of this name and e-mail address."]
            ),
        };

    private static RuleFinding Fine(string rule, string saw) => new(rule, saw, null, []);

    private static string Count(int number, string thing) => $"{Number(number)} {thing}{(number == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

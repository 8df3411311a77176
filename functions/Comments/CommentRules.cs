using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Comments;

/// <summary>The rules that judge a comment. Each says its reason in words; spam outweighs held, held outweighs approved.</summary>
public static partial class CommentRules
{
    /// <summary>Judges a comment.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="settings">What the owner wants.</param>
    /// <param name="isOpen">Whether its post takes comments.</param>
    /// <param name="isKnown">Whether a comment of this name and e-mail address was approved before.</param>
    public static Judgement Judge(Comment comment, CommentSettings settings, bool isOpen, bool isKnown)
    {
        var spam = Disallowed(comment, settings).ToList();
        if (spam.Count > 0)
        {
            return new Judgement(CommentState.Spam, spam);
        }

        var held = Doubts(comment, settings, isOpen, isKnown).ToList();
        return held.Count > 0
            ? new Judgement(CommentState.Held, held)
            : new Judgement(CommentState.Approved, ["No rule objects."]);
    }

    private static IEnumerable<string> Disallowed(Comment comment, CommentSettings settings) =>
        settings.DisallowedKeys.Where(word => Mentions(comment, word)).Select(word => $"It has \"{word}\", one of the words that make a comment spam.");

    private static IEnumerable<string> Doubts(Comment comment, CommentSettings settings, bool isOpen, bool isKnown)
    {
        if (!isOpen)
        {
            yield return "The post takes no comments any more.";
        }

        if (settings.Moderation)
        {
            yield return "Every comment is held, as the owner has set.";
        }

        var links = Links().Count(comment.Text);
        if (settings.MaxLinks > 0 && links >= settings.MaxLinks)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"It has {links} {(links == 1 ? "link" : "links")}; {settings.MaxLinks} or more hold a comment.");
        }

        foreach (var word in settings.ModerationKeys.Where(word => Mentions(comment, word)))
        {
            yield return $"It has \"{word}\", one of the words that hold a comment.";
        }

        if (settings.PreviouslyApproved && !isKnown)
        {
            yield return "It is the first comment of this name and e-mail address.";
        }
    }

    private static bool Mentions(Comment comment, string word) =>
        new[] { comment.Text, comment.Author, comment.Email, comment.Website }
            .Any(text => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"https?://|(?<![\w/.])www\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links();
}

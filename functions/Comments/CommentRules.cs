using System.Globalization;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Comments;

/// <summary>The rules that judge a comment. Each says its reason in words; spam outweighs held, held outweighs approved.</summary>
public static class CommentRules
{
    /// <summary>The most words that reasons name: a comment may be made of hundreds, and row and mail must hold the reasons.</summary>
    private const int MaxWords = 5;

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
        Mentioned(comment, settings.DisallowedKeys).Select(word => $"It has \"{word}\", one of the words that make a comment spam.");

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

        var links = CommentMarkdown.CountLinks(comment.Text);
        if (settings.MaxLinks > 0 && links >= settings.MaxLinks)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"It has {links} {(links == 1 ? "link" : "links")}; {settings.MaxLinks} or more hold a comment.");
        }

        foreach (var word in Mentioned(comment, settings.ModerationKeys))
        {
            yield return $"It has \"{word}\", one of the words that hold a comment.";
        }

        if (settings.PreviouslyApproved && !isKnown)
        {
            yield return "It is the first comment of this name and e-mail address.";
        }
    }

    private static IEnumerable<string> Mentioned(Comment comment, IReadOnlyList<string> words) =>
        words.Where(word => Mentions(comment, word)).Take(MaxWords);

    private static bool Mentions(Comment comment, string word) =>
        new[] { comment.Text, comment.Author, comment.Email, comment.Website }
            .Any(text => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

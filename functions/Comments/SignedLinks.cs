using ServerlessBlog.Hosting;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments;

/// <summary>Links that carry a right: one act on one comment, until a time, signed.</summary>
public sealed class SignedLinks(BlogSettings settings, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "comment-link");

    /// <summary>How long a link lasts, from when the comment came: 30 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>The token of an act on a comment: A-Z, a-z, 0-9, hyphen, underscore and dot. The same each time it is made.</summary>
    public string Sign(LinkAction action, Comment comment) =>
        _signature.Sign($"{action}.{comment.Key}", comment.Created + Lifetime);

    /// <summary>Reads a token from outside. False when it was not made here, was changed, or has expired; never throws.</summary>
    public bool TryRead(string? token, out LinkAction action, out CommentKey comment)
    {
        (action, comment) = (default, default);
        return _signature.TryRead(token, clock.GetUtcNow(), out var parts, out _)
            && parts is [var word, var key]
            && Enum.TryParse(word, out action)
            && CommentKey.TryParse(key, out comment);
    }
}

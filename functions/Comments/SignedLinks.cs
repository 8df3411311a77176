namespace ServerlessBlog.Comments;

/// <summary>
/// Creates and verifies the tokens of signed links. A token allows one action on one comment until it expires.
/// </summary>
public sealed class SignedLinks(BlogSettings settings, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "comment-link");

    /// <summary>How long a link is valid after the comment was submitted: 30 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Creates the token of an action on a comment, of A-Z, a-z, 0-9, hyphen, underscore and dot. The same arguments
    /// give the same token.
    /// </summary>
    public string Sign(LinkAction action, Comment comment) =>
        _signature.Sign($"{action}.{comment.Key}", comment.Created + Lifetime);

    /// <summary>
    /// Verifies and parses a token from outside. Returns false when it was not signed here, was changed, or has
    /// expired; never throws.
    /// </summary>
    public bool TryRead(string? token, out LinkAction action, out CommentKey comment)
    {
        (action, comment) = (default, default);
        return _signature.TryRead(token, clock.GetUtcNow(), out var parts, out _)
            && parts is [var name, var key]
            && Enum.TryParse(name, out action)
            && CommentKey.TryParse(key, out comment);
    }
}

/// <summary>
/// The right that a signed link carries. The names are part of the links that were mailed: they must not change.
/// </summary>
public enum LinkAction
{
    /// <summary>Seeing one's own comment with its state, revising, withdrawing and erasing it.</summary>
    Receipt,

    /// <summary>Deciding about one comment; mailed by version 1.0.0 to approve it.</summary>
    Approve,

    /// <summary>Deciding about one comment; mailed by version 1.0.0 to mark it as spam.</summary>
    Spam,

    /// <summary>Deciding about one comment.</summary>
    Review,
}

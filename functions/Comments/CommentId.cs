using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>
/// The id of a comment: 32 lower-case hexadecimal digits computed from its content, so that the same comment submitted
/// twice is one comment.
/// </summary>
public readonly record struct CommentId
{
    /// <summary>An id that no comment has: 32 zeros.</summary>
    public static CommentId None { get; } = new(new string('0', 32));

    private readonly string? _text;

    private CommentId(string text) => _text = text;

    /// <summary>
    /// Computes the id of a comment: HMAC-SHA256 over its fields, cut to 128 bits. Without the key, the id reveals
    /// nothing about the e-mail address.
    /// </summary>
    /// <param name="key">
    /// The stored key of ids. It never changes: with another key, the same comment would get another id.
    /// </param>
    /// <param name="post">The post that the comment is on.</param>
    /// <param name="email">The writer's e-mail address; upper and lower case are the same.</param>
    /// <param name="name">The writer's name.</param>
    /// <param name="text">The comment's Markdown text.</param>
    /// <param name="answers">The comment that this one replies to; null when it is no reply.</param>
    public static CommentId Create(
        byte[] key,
        PostId post,
        string email,
        string name,
        string text,
        CommentId? answers = null
    )
    {
        var content = string.Join(
            '\0',
            [
                post.ToString(),
                email.ToUpperInvariant(),
                name,
                text,
                .. answers is { } other ? [other.ToString()] : Array.Empty<string>(),
            ]
        );
        return new(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(content)).AsSpan(0, 16)));
    }

    /// <summary>Parses outside input. Returns false when it is not an id; never throws.</summary>
    public static bool TryParse(string? text, out CommentId id)
    {
        var valid = text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);
        id = valid ? new CommentId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}

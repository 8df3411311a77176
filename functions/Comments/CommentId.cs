using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>What a comment is known by: 32 hexadecimal digits, made of what it says, so that the same words sent twice are one comment.</summary>
public readonly record struct CommentId
{
    private readonly string? _text;

    private CommentId(string text) => _text = text;

    /// <summary>The id of these words of this writer. It tells nothing about the e-mail address to who has not the key.</summary>
    /// <param name="key">Kept in storage, never changed: with another one, the same comment would be a second one.</param>
    /// <param name="post">Where it was sent to.</param>
    /// <param name="email">The writer's address.</param>
    /// <param name="name">The writer's name.</param>
    /// <param name="text">The words.</param>
    /// <param name="answers">The comment that they answer; null for none.</param>
    public static CommentId Create(
        byte[] key,
        PostId post,
        string email,
        string name,
        string text,
        CommentId? answers = null
    )
    {
        var words = string.Join(
            '\0',
            [
                post.ToString(),
                email.ToUpperInvariant(),
                name,
                text,
                .. answers is { } other ? [other.ToString()] : Array.Empty<string>(),
            ]
        );
        return new(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(words)).AsSpan(0, 16)));
    }

    /// <summary>Reads text from outside. False when it is not an id; never throws.</summary>
    public static bool TryParse(string? text, out CommentId id)
    {
        var valid = text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);
        id = valid ? new CommentId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}

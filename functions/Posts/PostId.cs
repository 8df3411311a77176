using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts;

/// <summary>What a post is known by, whatever its address: 32 hexadecimal digits. Comments belong to it.</summary>
public readonly record struct PostId
{
    private readonly string? _text;

    /// <exception cref="ArgumentException">Not an id; for text from outside use <see cref="TryParse"/>.</exception>
    public PostId(string text) =>
        _text = IsId(text) ? text : throw new ArgumentException($"'{text}' is not a post's id.", nameof(text));

    /// <summary>The id of the post in this blob of the container <c>posts</c>: a hash of the blob's name.</summary>
    public static PostId OfFile(string blobName) => new(ShortHash.Hash(blobName));

    /// <summary>Reads text from outside. False when it is not an id; never throws.</summary>
    public static bool TryParse(string? text, out PostId id)
    {
        var valid = text is not null && IsId(text);
        id = valid ? new PostId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    private static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}

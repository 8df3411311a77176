namespace ServerlessBlog.Posts;

/// <summary>
/// The stable id of a post, independent of its address: 32 lower-case hexadecimal digits. Comments belong to a post id.
/// </summary>
public readonly record struct PostId
{
    private readonly string? _text;

    /// <exception cref="ArgumentException">
    /// The text is not an id. For outside input use <see cref="TryParse"/>.
    /// </exception>
    public PostId(string text) =>
        _text = IsId(text) ? text : throw new ArgumentException($"'{text}' is not a post's id.", nameof(text));

    /// <summary>
    /// Returns the id of the post in this blob of the container <c>posts</c>: a hash of the blob's name.
    /// </summary>
    public static PostId FromBlobName(string blobName) => new(ShortHash.Hash(blobName));

    /// <summary>Parses outside input. Returns false when it is not an id; never throws.</summary>
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

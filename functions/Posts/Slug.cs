using ServerlessBlog.Media;

namespace ServerlessBlog.Posts;

/// <summary>
/// The last segment of a post's address: 1 to 80 characters of a-z, 0-9 and single inner hyphens. Safe unescaped in a
/// URL and in a storage key.
/// </summary>
public readonly record struct Slug
{
    /// <summary>The maximum length in characters.</summary>
    public const int MaxLength = 80;

    private readonly string? _text;

    /// <exception cref="ArgumentException">
    /// The text is not a slug. For outside input use <see cref="TryParse"/>.
    /// </exception>
    public Slug(string text) =>
        _text = IsSlug(text) ? text : throw new ArgumentException($"'{text}' is not a slug.", nameof(text));

    /// <summary>Parses outside input. Returns false when it is not a slug; never throws.</summary>
    public static bool TryParse(string? text, out Slug slug)
    {
        var valid = text is not null && IsSlug(text);
        slug = valid ? new Slug(text!) : default;
        return valid;
    }

    /// <summary>
    /// Derives a slug from a file's name: "2026/My First Post.md" gives "my-first-post", "trip/index.md" gives "trip".
    /// Returns false when no usable character is left.
    /// </summary>
    public static bool TryFromFileName(string blobName, out Slug slug)
    {
        var parts = blobName.Split('/');
        var name = Path.GetFileNameWithoutExtension(parts[^1]);
        if (parts.Length > 1 && name.Equals("index", StringComparison.OrdinalIgnoreCase))
        {
            name = parts[^2];
        }

        return TryParse(PlainName.From(name, MaxLength), out slug);
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    private static bool IsSlug(string text) =>
        text.Length is > 0 and <= MaxLength
        && text.All(character => char.IsAsciiDigit(character) || char.IsAsciiLetterLower(character) || character == '-')
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal);
}

using ServerlessBlog.Media;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts;

/// <summary>
/// The last segment of a post's address: 1 to 80 letters, marks and digits of any script, hyphens, dots and
/// underscores, in NFC, with at least one letter or digit. Case is the author's; addresses are compared without it.
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

    /// <summary>
    /// Parses outside input, in any Unicode normalization. Returns false when it is not a slug; never throws.
    /// </summary>
    public static bool TryParse(string? text, out Slug slug)
    {
        var normalized = text is null ? "" : Nfc.Normalize(text);
        var valid = IsSlug(normalized);
        slug = valid ? new Slug(normalized) : default;
        return valid;
    }

    /// <summary>
    /// Derives a slug from a file's name: "2026/My First Post.md" gives "my-first-post", "trip/index.md" gives "trip".
    /// Returns false when no usable character is left. See <see cref="PlainName"/>.
    /// </summary>
    /// <param name="blobName">The blob's name.</param>
    /// <param name="slug">The slug: lower-case letters, digits and single inner hyphens.</param>
    /// <param name="language">The language tag of the post; null when not known.</param>
    public static bool TryFromFileName(string blobName, out Slug slug, string? language = null)
    {
        var parts = blobName.Split('/');
        var name = Path.GetFileNameWithoutExtension(parts[^1]);
        if (parts.Length > 1 && name.Equals("index", StringComparison.OrdinalIgnoreCase))
        {
            name = parts[^2];
        }

        return TryParse(PlainName.From(name, MaxLength, language), out slug);
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    private static bool IsSlug(string text) =>
        text.Length is > 0 and <= MaxLength
        && text.EnumerateRunes().All(IsAllowed)
        && text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static bool IsAllowed(Rune character) =>
        Rune.IsLetterOrDigit(character)
        || character.Value is '-' or '.' or '_'
        || Rune.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts;

/// <summary>
/// A decoded URL path on this blog, from the root: 2 to 200 characters of any script. Paths that differ only in case,
/// Unicode normalization or a trailing slash are the same path, see <see cref="Key"/>.
/// </summary>
public readonly record struct SitePath
{
    /// <summary>The maximum length in characters, decoded.</summary>
    public const int MaxLength = 200;

    private readonly string? _text;

    private SitePath(string text) => _text = text;

    /// <summary>The decoded path in the author's spelling. Empty for the default value.</summary>
    public string Text => _text ?? "";

    /// <summary>The percent-encoded path (RFC 3986, section 3.3), as links and the Location header need it.</summary>
    public string Link => Encode(Text);

    /// <summary>The lower-case path in NFC, without a trailing slash: equal for all spellings of one path.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Paths are compared in lower case.")]
    public string Key => Nfc.Normalize(Text.TrimEnd('/').ToLowerInvariant());

    /// <summary>Whether the path is one of <see cref="ReservedPaths"/>, which posts cannot have.</summary>
    public bool IsReserved => ReservedPaths.Contains(Text);

    /// <summary>Percent-encodes each segment of a decoded path. Does not validate the path.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Parses a path that is known to be valid. For outside input use <see cref="TryParse"/>.</summary>
    /// <exception cref="ArgumentException">The text is not a valid path.</exception>
    public static SitePath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new ArgumentException($"'{text}' is not a path.", nameof(text));

    /// <summary>Parses outside input, decoded. Returns false when it is not a valid path; never throws.</summary>
    public static bool TryParse(string? text, out SitePath path)
    {
        var valid =
            text is ['/', _, ..]
            && text.Length <= MaxLength
            && !text.EnumerateRunes().Any(IsForbidden)
            && text[1..].TrimEnd('/').Split('/').All(segment => segment is not ("" or "." or ".."))
            && !text.EndsWith("//", StringComparison.Ordinal);
        path = valid ? new SitePath(text!) : default;
        return valid;
    }

    /// <summary>
    /// Splits the path of a page of comments: "/a/b/comments/2" is the second page of "/a/b", "/a/b/comments/newest"
    /// the first page with the newest first, "/a/b/comments.xml" the feed. Returns false when the path has no such
    /// ending.
    /// </summary>
    public bool TrySplitCommentsPage(out SitePath post, out CommentsPage page)
    {
        post = default;
        return CommentsPage.TryParse(Segments(), out var segments, out page)
            && TryParse("/" + string.Join('/', segments), out post);
    }

    /// <inheritdoc cref="Link"/>
    public override string ToString() => Link;

    private string[] Segments() => (_text ?? "/").Trim('/').Split('/');

    /// <summary>
    /// Rejects control characters and backslashes, and U+FFFD, which also replaces undecodable bytes.
    /// </summary>
    private static bool IsForbidden(Rune character) => Rune.IsControl(character) || character.Value is '\\' or 0xFFFD;
}

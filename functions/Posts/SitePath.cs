using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Posts;

/// <summary>
/// A path on this blog, as a person reads it: from the root, decoded, letters of any script, 2 to 200 characters. Upper and lower case, and a
/// slash at the end or none, lead to the same.
/// </summary>
public readonly record struct SitePath
{
    /// <summary>The most characters, decoded.</summary>
    public const int MaxLength = 200;

    private readonly string? _text;

    private SitePath(string text) => _text = text;

    /// <summary>Decoded, as the author spells it.</summary>
    public string Text => _text ?? "";

    /// <summary>As it stands in links and in the Location header: percent-encoded where RFC 3986, section 3.3 asks for it.</summary>
    public string Link => Encode(Text);

    /// <summary>The same for every spelling of this path.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Paths are compared in lower case.")]
    public string Key => Text.TrimEnd('/').ToLowerInvariant();

    /// <summary>Whether it lies below what is not an author's to give.</summary>
    public bool IsReserved => ReservedPaths.Contain(Segments()[0]);

    /// <summary>Percent-encodes a decoded path, whatever it is.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>A path that the program knows to be one.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static SitePath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new ArgumentException($"'{text}' is not a path.", nameof(text));

    /// <summary>Reads a decoded path. False when nothing can stand there; never throws.</summary>
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

    /// <summary>The path that this one is a page of comments of: "/a/b/comments/2" is the second of "/a/b". False when it is none, or the first.</summary>
    public bool TrySplitComments(out SitePath post, out int number)
    {
        (post, number) = (default, 0);
        return Segments() is [_, .., var name, var last] segments
            && name.Equals("comments", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 1
            && TryParse("/" + string.Join('/', segments[..^2]), out post);
    }

    /// <inheritdoc cref="Link"/>
    public override string ToString() => Link;

    private string[] Segments() => (_text ?? "/").Trim('/').Split('/');

    /// <summary>U+FFFD also stands for what is no character at all.</summary>
    private static bool IsForbidden(Rune character) => Rune.IsControl(character) || character.Value is '\\' or 0xFFFD;
}

using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts;

/// <summary>
/// A tag, compared without regard to case and in NFC: "Travel" and "travel" are the same tag, "C", "C++" and "C#" are
/// three. Its letters stay, whatever their script.
/// </summary>
/// <param name="Key">The tag in lower case and NFC, with slashes replaced by hyphens: one segment of a path.</param>
public readonly record struct Tag(string Key)
{
    /// <summary>The maximum length in characters of a tag in the front matter.</summary>
    public const int MaxLength = 50;

    /// <summary>A hash of the key for names with a restricted alphabet: 32 hexadecimal digits.</summary>
    public string Hash => ShortHash.Hash(Key);

    /// <summary>The percent-encoded path of the list of its posts.</summary>
    public string Link => SitePath.Encode($"/tags/{Key}");

    /// <summary>Normalises a tag from the front matter or from a request's path. Does not check the length.</summary>
    public static Tag Parse(string text) => new(Nfc.Normalize(ParseStored(text).Key));

    /// <summary>
    /// Returns a tag of a stored post as its rows have it: posts that an earlier version stored may not be in NFC.
    /// </summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Tags are compared in lower case.")]
    internal static Tag ParseStored(string text) =>
        new(text.Trim().Replace('/', '-').Replace('\\', '-').ToLowerInvariant());
}

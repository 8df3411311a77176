namespace ServerlessBlog.Posts;

/// <summary>A tag, compared without regard to case: "Travel" and "travel" are the same tag.</summary>
/// <param name="Key">The tag in lower case, with slashes replaced by hyphens: one segment of a path.</param>
public readonly record struct Tag(string Key)
{
    /// <summary>The maximum length in characters of a tag in the front matter.</summary>
    public const int MaxLength = 50;

    /// <summary>A hash of the key for names with a restricted alphabet: 32 hexadecimal digits.</summary>
    public string Hash => ShortHash.Hash(Key);

    /// <summary>The percent-encoded path of the list of its posts.</summary>
    public string Link => SitePath.Encode($"/tags/{Key}");

    /// <summary>Normalises a tag from the front matter or from a request's path. Does not check the length.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Tags are compared in lower case.")]
    public static Tag Parse(string text) => new(text.Trim().Replace('/', '-').Replace('\\', '-').ToLowerInvariant());
}

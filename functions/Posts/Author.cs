namespace ServerlessBlog.Posts;

/// <summary>
/// An author of posts, compared by name as <see cref="Tag"/>s are: without regard to case and in NFC.
/// </summary>
/// <param name="Key">The name as in an address: one segment of a path.</param>
public readonly record struct Author(string Key)
{
    /// <summary>The maximum length in characters of an author's name in the front matter.</summary>
    public const int MaxLength = 100;

    /// <summary>A hash of the key for names with a restricted alphabet: 32 hexadecimal digits.</summary>
    public string Hash => ShortHash.Hash(Key);

    /// <summary>The percent-encoded path of the list of the author's posts.</summary>
    public string Link => SitePath.Encode($"/authors/{Key}");

    /// <summary>Normalises a name from the front matter or from a request's path. Does not check the length.</summary>
    public static Author Parse(string name) => new(Tag.Parse(name).Key);
}

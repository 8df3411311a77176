using System.Diagnostics.CodeAnalysis;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts;

/// <summary>A tag as lists know it: however it is spelled, the same words are the same tag.</summary>
/// <param name="Key">In lower case, without slashes, which would end a segment of a path: 1 to 50 characters.</param>
public readonly record struct Tag(string Key)
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 50;

    /// <summary>Names it where other characters may not stand: 32 hexadecimal digits.</summary>
    public string Hash => ShortHash.Hash(Key);

    /// <summary>The path of the list of its posts.</summary>
    public string Link => SitePath.Encode($"/tags/{Key}");

    /// <summary>The tag that an author, or a reader's address, names.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Tags are compared in lower case.")]
    public static Tag Parse(string text) => new(text.Trim().Replace('/', '-').Replace('\\', '-').ToLowerInvariant());
}

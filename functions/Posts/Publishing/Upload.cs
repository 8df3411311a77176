namespace ServerlessBlog.Posts.Publishing;

/// <summary>A Markdown blob of the author's as it is in storage now.</summary>
/// <param name="Version">The blob's ETag.</param>
/// <param name="Time">The time of the upload.</param>
/// <param name="Bytes">
/// The content. Of a blob over <see cref="FrontMatter.PostFile.MaxBytes"/> only that many bytes and one more.
/// </param>
public sealed record Upload(string Version, DateTimeOffset Time, byte[] Bytes)
{
    /// <summary>Where the file came from.</summary>
    public VersionOrigin Origin { get; init; }

    /// <summary>
    /// The name of the file whose place this one takes, which may still be there while a post is renamed; null for
    /// none.
    /// </summary>
    public string? Replaces { get; init; }
}

namespace ServerlessBlog.Posts.Publishing;

/// <summary>A Markdown blob of the author's as it is in storage now.</summary>
/// <param name="Version">The blob's ETag.</param>
/// <param name="Time">The time of the upload.</param>
/// <param name="Bytes">
/// The content. Of a blob over <see cref="FrontMatter.PostFile.MaxBytes"/> only that many bytes and one more.
/// </param>
public sealed record Upload(string Version, DateTimeOffset Time, byte[] Bytes);

namespace ServerlessBlog.Posts.Publishing;

/// <summary>A file of the author as it lies in the container now.</summary>
/// <param name="Version">The blob's ETag.</param>
/// <param name="Time">When it was uploaded.</param>
/// <param name="Bytes">All of it, or, of a file over the limit, one byte more than the limit.</param>
public sealed record Upload(string Version, DateTimeOffset Time, byte[] Bytes);

namespace ServerlessBlog.Media;

/// <summary>A file of the author as it lies in the container.</summary>
/// <param name="Content">Its bytes; can seek, and reads only what is asked for.</param>
/// <param name="ContentType">As uploaded, or by its name.</param>
/// <param name="Modified">When it was uploaded.</param>
/// <param name="ETag">With its quotes.</param>
public sealed record MediaFile(Stream Content, string ContentType, DateTimeOffset Modified, string ETag);

namespace ServerlessBlog.Media;

/// <summary>A file as readers get it.</summary>
/// <param name="Content">Its bytes; can seek, and reads only what is asked for.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Modified">When it was written.</param>
/// <param name="ETag">With its quotes.</param>
public sealed record MediaContent(Stream Content, string ContentType, DateTimeOffset Modified, string ETag);

namespace ServerlessBlog.Posts.Publishing;

/// <summary>A Markdown file of the author's in a list.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Time">When it was uploaded.</param>
public sealed record UploadEntry(string Name, DateTimeOffset Time);

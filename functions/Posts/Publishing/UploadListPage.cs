namespace ServerlessBlog.Posts.Publishing;

/// <summary>A part of the list of the author's Markdown files.</summary>
/// <param name="Files">The files, by name; fewer than fit when pictures lie between them.</param>
/// <param name="After">What the next part is asked for with; null when there is none.</param>
public sealed record UploadListPage(IReadOnlyList<UploadEntry> Files, string? After);

namespace ServerlessBlog.Site.Posts;

/// <summary>A heading in a table of contents.</summary>
/// <param name="Text">As text.</param>
/// <param name="Address">Its anchor.</param>
/// <param name="Children">The headings below it.</param>
public sealed record TableOfContentsEntry(string Text, string Address, IReadOnlyList<TableOfContentsEntry> Children);

namespace ServerlessBlog.Import.Jekyll;

/// <summary>A file of a Jekyll site with front matter.</summary>
/// <param name="Path">The path of the file in the site, with slashes.</param>
/// <param name="Type">posts, drafts, pages, or the name of a collection.</param>
/// <param name="Post">Its front matter and body.</param>
internal sealed record JekyllDocument(string Path, string Type, ImportedPost Post)
{
    /// <summary>Whether it is a post or a draft.</summary>
    public bool IsPost => Type is "posts" or "drafts";

    /// <summary>The name of the file in this blog.</summary>
    public required string Name { get; init; }

    /// <summary>The date; null when it has none.</summary>
    public required DateTimeOffset? Date { get; init; }

    /// <summary>The slug: that of the front matter, or the file's name without date and extension.</summary>
    public required string Slug { get; init; }

    /// <summary>The categories, those of folders first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The path of the file below its folder, without date and extension.</summary>
    public required string PathInFolder { get; init; }

    /// <summary>The address, from the root.</summary>
    public string Address { get; init; } = "";
}

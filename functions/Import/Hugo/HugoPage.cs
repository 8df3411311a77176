namespace ServerlessBlog.Import.Hugo;

/// <summary>A page of a Hugo site.</summary>
/// <param name="Path">The path of the file in the site, with slashes.</param>
/// <param name="Post">Its front matter and body.</param>
internal sealed record HugoPage(string Path, ImportedPost Post)
{
    /// <summary>The path below the folder of posts, without language and extension: posts/trip/index.</summary>
    public required string ContentPath { get; init; }

    /// <summary>The name of the file in this blog.</summary>
    public required string Name { get; init; }

    /// <summary>The language; null for that of the site.</summary>
    public required string? Language { get; init; }

    /// <summary>The date in the site's time zone; null when it has none.</summary>
    public required DateTimeOffset? Date { get; init; }

    /// <summary>Whether it is the page of a section: _index.md.</summary>
    public bool IsSection => LastOf(ContentPath) == "_index";

    /// <summary>The folders that make its sections, from the root: without its own, when it is an index.md.</summary>
    public IReadOnlyList<string> Sections =>
        ContentPath.Split('/')[..^1] is var folders && LastOf(ContentPath) == "index" && folders.Length > 0
            ? folders[..^1]
            : folders;

    /// <summary>The name that its address has without a slug: of the file, or of its own folder.</summary>
    public string BaseName =>
        LastOf(ContentPath) == "index" && ContentPath.Split('/') is [.., var folder, _] ? folder : LastOf(ContentPath);

    private static string LastOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}

using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Jekyll;

/// <summary>Reads the documents of a Jekyll site: their kind, date, slug and categories.</summary>
internal sealed class JekyllReader(string folder, JekyllConfig config, BlogSettings settings)
{
    private static readonly string[] MarkdownExtensions = [".md", ".markdown", ".mkd", ".mkdn", ".mkdown"];

    private static readonly string[] AboutRepository =
    [
        "README",
        "LICENSE",
        "LICENCE",
        "COPYING",
        "CODE_OF_CONDUCT",
        "CONTRIBUTING",
        "CHANGELOG",
        "ISSUE_TEMPLATE",
        "PULL_REQUEST_TEMPLATE",
        "SECURITY",
        "SUPPORT",
    ];

    private readonly TimeZoneInfo _zone =
        config.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : settings.TimeZone;

    /// <summary>Whether a file of this name can have front matter and be shown.</summary>
    public static bool CanBeDocument(string name) =>
        MarkdownExtensions.Append(".html").Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The kind of a file by its folder: posts, drafts, a collection, else pages; null for folders of the engine.
    /// </summary>
    public string? TypeOf(string name)
    {
        var special = name.Split('/')[..^1].FirstOrDefault(part => part.StartsWith('_'));
        return special switch
        {
            null => name.StartsWith('_') ? null : "pages",
            "_posts" => "posts",
            "_drafts" => "drafts",
            _ => config.Collections.ContainsKey(special[1..]) ? special[1..] : null,
        };
    }

    /// <summary>Reads a document. Both are null when the file has no front matter: then it is no document.</summary>
    public (JekyllDocument? Document, string? Problem) TryRead(string name, string type)
    {
        if (SiteFolder.ReadText(Path.Combine(folder, name), PostFile.MaxBytes) is not { } text)
        {
            return (null, "it is not UTF-8, or has more than 1 MiB");
        }

        try
        {
            return FrontMatterBlock.IsAtStartOf(text) ? (Create(name, type, ImportedPost.Read(text)), null)
                : IsPageWithoutFields(name, type) ? (Create(name, type, ImportedPost.Create(text)), null)
                : (null, null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Problem.ToString());
        }
    }

    /// <summary>
    /// Whether Markdown without front matter is a page, as on GitHub Pages
    /// (https://github.com/benbalter/jekyll-optional-front-matter): all but the files about a repository.
    /// </summary>
    private static bool IsPageWithoutFields(string name, string type) =>
        type == "pages"
        && MarkdownExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        && !AboutRepository.Contains(Path.GetFileNameWithoutExtension(name), StringComparer.OrdinalIgnoreCase);

    private JekyllDocument Create(string name, string type, ImportedPost post)
    {
        var folders = name.Split('/')[..^1].ToList();
        var special = folders.FindIndex(part => part.StartsWith('_'));
        var inside = string.Join('/', folders.Skip(special + 1).Append(name.Split('/')[^1]));
        var isDated = PostFileName.TrySplitDate(inside, out var day, out var undated);
        var bare = undated[..^Path.GetExtension(undated).Length];
        return new JekyllDocument(name, type, post)
        {
            Name = NameOf(name, type),
            Date = DateOf(post) ?? (isDated ? AtMidnight(day) : null),
            Slug = post.TextOf("slug") ?? bare[(bare.LastIndexOf('/') + 1)..],
            Categories = [.. type == "posts" && special > 0 ? folders.Take(special) : [], .. CategoriesOf(post)],
            PathInFolder = bare,
        };
    }

    /// <summary>The name without the underscore of its folder, and with an extension that this blog has.</summary>
    private static string NameOf(string name, string type)
    {
        var parts = name.Split('/').Where(part => part != "_posts").Select(part => part.TrimStart('_'));
        var plain = string.Join('/', parts);
        return PostFileName.HasPostExtension(plain) ? plain : Path.ChangeExtension(plain, PostFileName.Extension);
    }

    private static IEnumerable<string> CategoriesOf(ImportedPost post) =>
        post.Has("category") ? post.TextsOf("category")
        : post.Fields.GetValueOrDefault("categories")?.Value.Text is { } text
            ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : post.TextsOf("categories");

    private DateTimeOffset? DateOf(ImportedPost post) =>
        post.TextOf("date") is { } text && DateSpelling.TryParse(text, out var local, out var offset)
            ? TimeZoneInfo.ConvertTime(new DateTimeOffset(local, offset ?? _zone.GetUtcOffset(local)), _zone)
            : null;

    private DateTimeOffset AtMidnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }
}

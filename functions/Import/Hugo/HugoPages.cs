using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Hugo;

/// <summary>The pages of a Hugo site by the paths and names that links and shortcodes use for them.</summary>
internal sealed class HugoPages
{
    private readonly Dictionary<string, HugoPage> _pages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _bodies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _translated;
    private readonly List<string> _hiddenFolders;
    private readonly HugoConfig _config;

    /// <summary>Indexes the pages.</summary>
    public HugoPages(HugoConfig config, IReadOnlyCollection<HugoPage> pages)
    {
        _config = config;
        foreach (var page in pages)
        {
            _bodies[page.Path] = page.Post.Body;
            _pages[page.Path] = page;
            _pages.TryAdd(page.ContentPath, page);
            _pages.TryAdd(page.BaseName, page);
        }

        _translated = pages
            .GroupBy(page => page.ContentPath, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        _hiddenFolders =
        [
            .. pages
                .Where(page => page.IsSection && Cascades(page).Any(IsNotRendered))
                .Select(page => page.Path[..(page.Path.LastIndexOf('/') + 1)]),
        ];
    }

    /// <summary>The address of a page, from the root.</summary>
    public string AddressOf(HugoPage page) => _config.BasePath + HugoAddress.Create(page, _config);

    /// <summary>Whether there is the same page in another language.</summary>
    public bool IsTranslated(HugoPage page) => _translated.Contains(page.ContentPath);

    /// <summary>
    /// Whether Hugo makes no page of a file, by its own fields or by those that its section hands down
    /// (https://gohugo.io/content-management/build-options/).
    /// </summary>
    public bool IsHidden(HugoPage page) =>
        IsNotRendered(page.Post.Fields)
        || _hiddenFolders.Any(folder => page.Path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The body of a page as its file has it.</summary>
    public string BodyOf(HugoPage page) => _bodies[page.Path];

    /// <summary>Finds a page by its path in the site, relative to another page, or by its name alone.</summary>
    public HugoPage? Find(HugoPage from, string path)
    {
        var bare = path.Trim('/');
        bare = PostFileName.HasPostExtension(bare) ? bare[..^Path.GetExtension(bare).Length] : bare;
        var folder = string.Join('/', from.ContentPath.Split('/')[..^1]);
        string[] candidates =
        [
            $"{folder}/{bare}".Trim('/'),
            bare,
            $"{bare}/index",
            $"{bare}/_index",
            bare[(bare.LastIndexOf('/') + 1)..],
        ];
        return candidates
            .Select(candidate => _pages.GetValueOrDefault(candidate))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>The fields that a section hands down: a mapping, or a list of mappings, of which those count that are
    /// for all pages.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, Field>> Cascades(HugoPage section) =>
        section.Post.Fields.GetValueOrDefault("cascade")?.Value switch
        {
            { Fields: { } fields } => [fields],
            { Items: { } items } => items
                .Select(item => item.Fields)
                .OfType<IReadOnlyDictionary<string, Field>>()
                .Where(fields => !fields.ContainsKey("target") && !fields.ContainsKey("_target")),
            _ => [],
        };

    private static bool IsNotRendered(IReadOnlyDictionary<string, Field> fields)
    {
        var build = (fields.GetValueOrDefault("build") ?? fields.GetValueOrDefault("_build"))?.Value.Fields;
        return build?.GetValueOrDefault("render")?.Value.Text is "never" or "false"
            || (fields.GetValueOrDefault("headless")?.Value.Text is { } text && FieldReader.AsFlag(text) == true);
    }
}

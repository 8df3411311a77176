using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Jekyll;

/// <summary>What <c>_config.yml</c> says (https://jekyllrb.com/docs/configuration/).</summary>
internal sealed class JekyllConfig
{
    private const int MaxBytes = 1024 * 1024;

    private readonly IReadOnlyDictionary<string, Field> _fields;
    private readonly IReadOnlyList<Defaults> _defaults;

    private JekyllConfig(IReadOnlyDictionary<string, Field> fields)
    {
        _fields = fields;
        _defaults =
        [
            .. (fields.GetValueOrDefault("defaults")?.Value.Items ?? [])
                .Select(item => item.Fields)
                .OfType<IReadOnlyDictionary<string, Field>>()
                .Select(Defaults.Create)
                .OrderByDescending(defaults => defaults.Path.Length)
                .ThenBy(defaults => defaults.Type is null),
        ];
        BasePath = "/" + (TextOf("baseurl") ?? "").Trim('/') is var path && path == "/" ? "" : path;
        Origin = (TextOf("url") ?? "").TrimEnd('/');
        Permalink = TextOf("permalink") ?? "date";
        Collections = ReadCollections();
    }

    /// <summary>The path of the site, such as /blog; empty for the root.</summary>
    public string BasePath { get; }

    /// <summary>The address of the site without its path; empty when not known.</summary>
    public string Origin { get; }

    /// <summary>The pattern or the name of the style of posts' addresses.</summary>
    public string Permalink { get; }

    /// <summary>The time zone of dates; null for that of the machine.</summary>
    public string? TimeZone => TextOf("timezone");

    /// <summary>The collections whose documents are pages, with the patterns of their addresses.</summary>
    public IReadOnlyDictionary<string, string> Collections { get; }

    /// <summary>Reads the file of a site; without one, all is as Jekyll has it by default.</summary>
    /// <exception cref="ImportException">The file cannot be read.</exception>
    public static JekyllConfig Read(string folder)
    {
        var path = Path.Combine(folder, "_config.yml");
        if (!File.Exists(path))
        {
            return Directory.Exists(Path.Combine(folder, "_posts"))
                ? new JekyllConfig(new Dictionary<string, Field>())
                : throw new ImportException(
                    $"There is no _config.yml and no _posts in {folder}: name the folder of the site."
                );
        }

        try
        {
            var text = SiteFolder.ReadText(path, MaxBytes)
                ?? throw new ImportException("_config.yml is not UTF-8, or has more than 1 MiB: mend it.");
            return new JekyllConfig(YamlFields.Read(text, 1));
        }
        catch (RefusedException refused)
        {
            throw new ImportException($"_config.yml cannot be read ({refused.Problem}): mend it.");
        }
    }

    /// <summary>A text of the configuration; null when there is none.</summary>
    public string? TextOf(string name) =>
        _fields.GetValueOrDefault(name)?.Value.Text is { Length: > 0 } text ? text : null;

    /// <summary>Texts of the configuration: a list, or one text; empty when there are none.</summary>
    public IReadOnlyList<string> TextsOf(string name) => _fields.GetValueOrDefault(name)?.Value.Texts ?? [];

    /// <summary>The default of a field for a document; null when there is none.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="type">posts, drafts, pages, or the name of a collection.</param>
    /// <param name="field">The name of the field.</param>
    public FieldValue? DefaultOf(string path, string type, string field) =>
        _defaults
            .Where(defaults => defaults.IsFor(path, type))
            .Select(defaults => defaults.Values.GetValueOrDefault(field)?.Value)
            .FirstOrDefault(value => value is not null);

    private Dictionary<string, string> ReadCollections() =>
        (_fields.GetValueOrDefault("collections")?.Value.Fields ?? new Dictionary<string, Field>())
            .Where(collection =>
                collection.Value.Value.Fields?.GetValueOrDefault("output")?.Value.Text is { } output
                && FieldReader.AsFlag(output) == true
            )
            .ToDictionary(
                collection => collection.Key,
                collection =>
                    collection.Value.Value.Fields!.GetValueOrDefault("permalink")?.Value.Text
                    ?? "/:collection/:path:output_ext",
                StringComparer.Ordinal
            );

    private sealed record Defaults(string Path, string? Type, IReadOnlyDictionary<string, Field> Values)
    {
        public static Defaults Create(IReadOnlyDictionary<string, Field> fields)
        {
            var scope = fields.GetValueOrDefault("scope")?.Value.Fields;
            return new Defaults(
                (scope?.GetValueOrDefault("path")?.Value.Text ?? "").Trim('/'),
                scope?.GetValueOrDefault("type")?.Value.Text is { Length: > 0 } type ? type : null,
                fields.GetValueOrDefault("values")?.Value.Fields ?? new Dictionary<string, Field>()
            );
        }

        public bool IsFor(string path, string type) =>
            (Type is null || Type == type)
            && (Path.Length == 0 || path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal));
    }
}

using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Hugo;

/// <summary>What the configuration of a Hugo site says (https://gohugo.io/configuration/).</summary>
internal sealed class HugoConfig
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] Names =
    [
        .. from folder in new[] { "", "config/_default/" }
        from name in new[] { "hugo", "config" }
        from extension in new[] { ".toml", ".yaml", ".yml", ".json" }
        select folder + name + extension,
    ];

    private readonly IReadOnlyDictionary<string, Field> _fields;

    private HugoConfig(IReadOnlyDictionary<string, Field> fields, IReadOnlyDictionary<string, Field> languages)
    {
        _fields = fields;
        var address = TextOf("baseURL") ?? "";
        var hasAddress = Uri.TryCreate(address, UriKind.Absolute, out var site);
        BasePath = hasAddress ? site!.AbsolutePath.TrimEnd('/') : "";
        Origin = hasAddress ? site!.GetLeftPart(UriPartial.Authority) : "";
        Language = TextOf("defaultContentLanguage") ?? "en";
        Languages = languages.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        ContentFolders = languages
            .Select(language =>
                (Language: language.Key, Folder: Find(language.Value.Value.Fields, "contentDir")?.Text?.Trim('/'))
            )
            .Where(language => !string.IsNullOrEmpty(language.Folder))
            .ToDictionary(language => language.Folder!, language => (string?)language.Language, StringComparer.Ordinal);
        if (ContentFolders.Count == 0)
        {
            ContentFolders = new Dictionary<string, string?> { [TextOf("contentDir")?.Trim('/') ?? "content"] = null };
        }

        var permalinks = ValueOf("permalinks")?.Fields;
        Permalinks = (Find(permalinks, "page")?.Fields ?? permalinks ?? new Dictionary<string, Field>())
            .Where(pattern => pattern.Value.Value.Text is not null)
            .ToDictionary(
                pattern => pattern.Key,
                pattern => pattern.Value.Value.Text!,
                StringComparer.OrdinalIgnoreCase
            );
    }

    /// <summary>The path of the site, such as /blog; empty for the root.</summary>
    public string BasePath { get; }

    /// <summary>The address of the site without its path; empty when not known.</summary>
    public string Origin { get; }

    /// <summary>The language of files that name none.</summary>
    public string Language { get; }

    /// <summary>The languages of the site; empty for a site in one.</summary>
    public IReadOnlySet<string> Languages { get; }

    /// <summary>The folders of posts, with the language of each; null for that which the file's name says.</summary>
    public IReadOnlyDictionary<string, string?> ContentFolders { get; }

    /// <summary>The patterns of addresses by section.</summary>
    public IReadOnlyDictionary<string, string> Permalinks { get; }

    /// <summary>Whether the default language too has its code in addresses.</summary>
    public bool HasLanguageInPath => IsSet("defaultContentLanguageInSubdir");

    /// <summary>Whether addresses end in .html.</summary>
    public bool HasUglyAddresses => IsSet("uglyURLs");

    /// <summary>Whether addresses keep their capitals.</summary>
    public bool KeepsCapitals => IsSet("disablePathToLower");

    /// <summary>The time zone of dates; null for UTC.</summary>
    public string? TimeZone => TextOf("timeZone");

    /// <summary>Reads the configuration of a site.</summary>
    /// <exception cref="ImportException">There is none, or it cannot be read.</exception>
    public static HugoConfig Read(string folder)
    {
        var name = Array.Find(Names, name => File.Exists(Path.Combine(folder, name)))
            ?? throw new ImportException(
                $"There is no hugo.toml, hugo.yaml or config.toml in {folder}: name the folder of the site."
            );
        var fields = ReadFields(folder, name);
        var languages = Find(fields, "languages")?.Fields;
        var other = Array.Find(["config/_default/languages.toml", "config/_default/languages.yaml"], file =>
            File.Exists(Path.Combine(folder, file))
        );
        return new HugoConfig(
            fields,
            languages ?? (other is null ? new Dictionary<string, Field>() : ReadFields(folder, other))
        );
    }

    private static IReadOnlyDictionary<string, Field> ReadFields(string folder, string name)
    {
        var text = SiteFolder.ReadText(Path.Combine(folder, name), MaxBytes)
            ?? throw new ImportException($"{name} is not UTF-8, or has more than 1 MiB: mend it.");
        try
        {
            return Path.GetExtension(name) switch
            {
                ".toml" => TomlFields.Read(text, 1),
                ".json" => JsonFields.Read(text, out _),
                _ => YamlFields.Read(text, 1),
            };
        }
        catch (RefusedException refused)
        {
            throw new ImportException($"{name} cannot be read ({refused.Problem}): mend it.");
        }
    }

    private bool IsSet(string name) => TextOf(name) is { } text && FieldReader.AsFlag(text) == true;

    private string? TextOf(string name) => ValueOf(name)?.Text is { Length: > 0 } text ? text : null;

    private FieldValue? ValueOf(string name) => Find(_fields, name);

    /// <summary>Names in the configuration are written in all capitals and small letters.</summary>
    private static FieldValue? Find(IReadOnlyDictionary<string, Field>? fields, string name) =>
        fields?.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Value;
}

namespace ServerlessBlog.Import.Jekyll;

/// <summary>Reads a Jekyll site: posts, drafts, pages, collections, pictures, and comments in <c>_data</c>.</summary>
internal sealed class JekyllSite : ISiteReader
{
    private readonly string _folder;
    private readonly JekyllConfig _config;
    private readonly JekyllReader _reader;
    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<string, JekyllDocument> _documents = new(StringComparer.Ordinal);

    private JekyllSite(string folder, BlogSettings settings)
    {
        _config = JekyllConfig.Read(folder);
        _folder = FindSource(folder, _config.TextOf("source"));
        _reader = new JekyllReader(_folder, _config, settings);
        _names = SiteFolder.Enumerate(_folder);
    }

    /// <summary>Opens the site in a folder.</summary>
    /// <exception cref="ImportException">The folder holds no such site.</exception>
    public static JekyllSite Open(string folder, BlogSettings settings) => new(folder, settings);

    /// <inheritdoc/>
    public IEnumerable<ConvertedFile> ReadFiles()
    {
        var excluded = _config.TextsOf("exclude").Select(name => name.Trim('/')).ToHashSet(StringComparer.Ordinal);
        var media = new HashSet<string>(StringComparer.Ordinal);
        List<ConvertedFile> files = [];
        foreach (var name in _names.Where(name => !IsExcluded(name, excluded)))
        {
            var type = _reader.TypeOf(name);
            if (type is null)
            {
                continue; // A folder of the engine itself, such as _layouts.
            }

            var (document, problem) = JekyllReader.CanBeDocument(name) ? _reader.TryRead(name, type) : (null, null);
            if (problem is not null)
            {
                files.Add(new ConvertedFile(name) { Problem = problem });
            }
            else if (document is not null)
            {
                _documents.Add(name, document);
            }
            else if (SiteMedia.Contains(name))
            {
                media.Add(name);
                var source = Path.Combine(_folder, name);
                files.Add(
                    new ConvertedFile(name)
                    {
                        Container = StorageNames.Media,
                        Name = name,
                        Path = source,
                    }
                );
            }
            else
            {
                files.Add(new ConvertedFile(name) { IsMachinery = true });
            }
        }

        var links = new SiteLinks(_config.Origin, _config.BasePath, media);
        var redirects = SiteRedirects.Read(_folder, "_redirects");
        var converter = new JekyllConverter(_config, new JekyllIncludes(_folder), _documents, links, redirects);
        return files.Concat(_documents.Values.Select(converter.Convert)).Concat(redirects.FindUnused());
    }

    /// <inheritdoc/>
    public IEnumerable<ConvertedComment> ReadComments() =>
        new JekyllComments(_folder, _documents.Values.OrderByDescending(document => document.IsPost)).Read();

    /// <summary>
    /// The folder of the files: that of the setting <c>source</c>, or, where a build puts it together first, the only
    /// one with posts.
    /// </summary>
    private static string FindSource(string folder, string? source)
    {
        var named = Path.GetFullPath(Path.Combine(folder, source ?? "."));
        if (source is null || named == Path.GetFullPath(folder) || Directory.Exists(Path.Combine(folder, "_posts")))
        {
            return folder;
        }

        if (Directory.Exists(named) && named.StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal))
        {
            return named;
        }

        var withPosts = Directory
            .GetDirectories(folder)
            .Where(inner => Directory.Exists(Path.Combine(inner, "_posts")))
            .ToList();
        return withPosts is [var only]
            ? only
            : throw new ImportException(
                $"_config.yml says 'source: {source}', and {folder} has no such folder: mend it, or leave it out."
            );
    }

    private static bool IsExcluded(string name, HashSet<string> excluded) =>
        excluded.Contains(name) || excluded.Any(folder => name.StartsWith(folder + "/", StringComparison.Ordinal));
}

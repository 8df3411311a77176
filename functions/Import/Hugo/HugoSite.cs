using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Hugo;

/// <summary>Reads a Hugo site: posts, pages, sections, page bundles and static files.</summary>
internal sealed class HugoSite : ISiteReader
{
    /// <summary>Folders whose files are at the root of the site.</summary>
    private static readonly string[] StaticFolders = ["static", "assets"];

    private readonly string _folder;
    private readonly HugoConfig _config;
    private readonly HugoReader _reader;

    private HugoSite(string folder, BlogSettings settings)
    {
        _folder = folder;
        _config = HugoConfig.Read(folder);
        _reader = new HugoReader(folder, _config, settings);
    }

    /// <summary>Opens the site in a folder.</summary>
    /// <exception cref="ImportException">The folder holds no such site.</exception>
    public static HugoSite Open(string folder, BlogSettings settings) => new(folder, settings);

    /// <inheritdoc/>
    public IEnumerable<ConvertedFile> ReadFiles()
    {
        var (files, media, pages) = (
            new List<ConvertedFile>(),
            new HashSet<string>(StringComparer.Ordinal),
            new List<HugoPage>()
        );
        foreach (var folder in StaticFolders)
        {
            files.AddRange(ReadStatic(folder, media));
        }

        foreach (var (folder, language) in _config.ContentFolders)
        {
            files.AddRange(ReadContent(folder, language, pages));
        }

        var links = new SiteLinks(_config.Origin, _config.BasePath, media);
        var redirects = SiteRedirects.Read(_folder, "static/_redirects");
        var converter = new HugoConverter(_config, new HugoPages(_config, pages), links, redirects);
        return files.Concat(pages.Select(converter.Convert)).Concat(redirects.FindUnused());
    }

    /// <inheritdoc/>
    public IEnumerable<ConvertedComment> ReadComments() => [];

    private IEnumerable<ConvertedFile> ReadStatic(string folder, HashSet<string> media) =>
        SiteFolder
            .Enumerate(Path.Combine(_folder, folder))
            .Where(name => !media.Contains(name))
            .Select(name =>
            {
                var source = $"{folder}/{name}";
                if (!SiteMedia.Contains(name))
                {
                    return new ConvertedFile(source) { IsMachinery = true };
                }

                media.Add(name);
                return new ConvertedFile(source)
                {
                    Container = StorageNames.Media,
                    Name = name,
                    Path = Path.Combine(_folder, source),
                };
            });

    private IEnumerable<ConvertedFile> ReadContent(string folder, string? language, List<HugoPage> pages)
    {
        var names = SiteFolder.Enumerate(Path.Combine(_folder, folder));
        var bundles = names
            .Where(name =>
                PostFileName.HasPostExtension(name)
                && Path.GetFileName(name).StartsWith("index.", StringComparison.Ordinal)
            )
            .Select(name => name[..(name.LastIndexOf('/') + 1)])
            .Where(bundle => bundle.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var source = $"{folder}/{name}";
            if (PostFileName.HasPostExtension(name))
            {
                if (!Path.GetFileName(name).StartsWith("index.", StringComparison.Ordinal) && IsInBundle(name, bundles))
                {
                    yield return new ConvertedFile(source)
                    {
                        Problem = "it is part of the bundle of another page, which its template shows",
                    };
                    continue;
                }

                var (page, problem) = _reader.TryRead(folder, name, language);
                if (page is not null)
                {
                    pages.Add(page);
                }
                else
                {
                    yield return new ConvertedFile(source) { Problem = problem };
                }
            }
            else if (MediaPath.TryFromBlob(StorageNames.Posts, name, out _))
            {
                yield return new ConvertedFile(source)
                {
                    Container = StorageNames.Posts,
                    Name = name,
                    Path = Path.Combine(_folder, source),
                };
            }
            else
            {
                yield return SiteMedia.Contains(name)
                    ? new ConvertedFile(source)
                    {
                        Problem = "beside a post can be pictures, sound, films and PDF: move it to static",
                    }
                    : new ConvertedFile(source) { IsMachinery = true };
            }
        }
    }

    private static bool IsInBundle(string name, HashSet<string> bundles)
    {
        for (var end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (bundles.Contains(name[..(end + 1)]))
            {
                return true;
            }
        }

        return false;
    }
}

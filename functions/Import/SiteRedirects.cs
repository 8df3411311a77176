using ServerlessBlog.Posts;

namespace ServerlessBlog.Import;

/// <summary>
/// The redirects of a site in a file <c>_redirects</c>, as Netlify and Cloudflare Pages read it: lines of an old path,
/// a new one, and a status. Those that lead to a post become its aliases.
/// </summary>
internal sealed class SiteRedirects
{
    private const int MaxBytes = 1024 * 1024;

    private readonly string _source;
    private readonly List<(int Line, string From, string To)> _redirects = [];
    private readonly HashSet<int> _used = [];

    private SiteRedirects(string source) => _source = source;

    /// <summary>Reads the file of a site; without one, there are no redirects.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="name">The name of the file in it.</param>
    public static SiteRedirects Read(string site, string name)
    {
        var redirects = new SiteRedirects(name);
        var path = Path.Combine(site, name);
        if (!File.Exists(path) || SiteFolder.ReadText(path, MaxBytes) is not { } text)
        {
            return redirects;
        }

        foreach (var (index, line) in text.Split('\n').Index())
        {
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2)
            {
                redirects._redirects.Add((index + 1, words[0], words[1]));
            }
        }

        return redirects;
    }

    /// <summary>The old paths that lead to an address.</summary>
    public IReadOnlyList<string> FindTo(string address)
    {
        var key = KeyOf(address);
        var found = _redirects.Where(redirect => IsUsable(redirect.From) && KeyOf(redirect.To) == key).ToList();
        if (key is null)
        {
            return [];
        }

        _used.UnionWith(found.Select(redirect => redirect.Line));
        return found.ConvertAll(redirect => redirect.From);
    }

    /// <summary>The redirects that lead to no post, after all posts were asked for.</summary>
    public IEnumerable<ConvertedFile> FindUnused() =>
        _redirects
            .Where(redirect => !_used.Contains(redirect.Line))
            .Select(redirect => new ConvertedFile($"{_source}, line {redirect.Line}")
            {
                Problem = IsUsable(redirect.From)
                    ? $"{redirect.From} leads to {redirect.To}, where no post of the site is"
                    : $"{redirect.From} is a pattern, and only single addresses can be redirected",
            });

    private static bool IsUsable(string from) =>
        from.StartsWith('/')
        && !from.AsSpan().ContainsAny('*', '?', '#')
        && !from.Contains("/:", StringComparison.Ordinal);

    private static string? KeyOf(string address) =>
        SitePath.TryParse(Uri.UnescapeDataString(address.Split('#', '?')[0]), out var path) ? path.Key : null;
}

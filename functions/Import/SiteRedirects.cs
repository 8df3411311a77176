using ServerlessBlog.Posts;

namespace ServerlessBlog.Import;

/// <summary>
/// The redirects of a site in a file <c>_redirects</c>, as Netlify and Cloudflare Pages read it: lines of an old path,
/// a new one, and a status. Those that lead to a post become its aliases; so does what a pattern
/// (<c>/old/* /new/:splat</c>) gives for a post.
/// </summary>
internal sealed class SiteRedirects
{
    private const int MaxBytes = 1024 * 1024;
    private const string Splat = ":splat";

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
        if (KeyOf(address) is not { } key)
        {
            return [];
        }

        var found = _redirects
            .Select(redirect => (redirect.Line, From: FindFrom(redirect.From, redirect.To, address, key)))
            .Where(redirect => redirect.From is not null)
            .ToList();
        _used.UnionWith(found.Select(redirect => redirect.Line));
        return found.ConvertAll(redirect => redirect.From!);
    }

    /// <summary>The old path of an address by one redirect; null when it leads elsewhere.</summary>
    private static string? FindFrom(string from, string to, string address, string key)
    {
        if (IsUsable(from))
        {
            return KeyOf(to) == key ? from : null;
        }

        if (!IsPattern(from, to))
        {
            return null;
        }

        var prefix = to[..^Splat.Length];
        return address.StartsWith(prefix, StringComparison.Ordinal) && address.Length > prefix.Length
            ? from[..^1] + address[prefix.Length..]
            : null;
    }

    /// <summary>The redirects that lead to no post, after all posts were asked for.</summary>
    public IEnumerable<ConvertedFile> FindUnused() =>
        _redirects
            .Where(redirect => !_used.Contains(redirect.Line))
            .Select(redirect => new ConvertedFile($"{_source}, line {redirect.Line}")
            {
                Problem =
                    IsUsable(redirect.From) || IsPattern(redirect.From, redirect.To)
                        ? $"{redirect.From} leads to {redirect.To}, where no post of the site is"
                    : redirect.From.StartsWith('/')
                        ? $"{redirect.From} is a pattern, of which only /old/* to /new/:splat can be redirected"
                    : $"{redirect.From} is on another host: redirect it there",
            });

    private static bool IsPattern(string from, string to) =>
        from.EndsWith("/*", StringComparison.Ordinal)
        && IsUsable(from[..^1])
        && to.StartsWith('/')
        && to.EndsWith("/" + Splat, StringComparison.Ordinal);

    private static bool IsUsable(string from) =>
        from.StartsWith('/')
        && !from.AsSpan().ContainsAny('*', '?', '#')
        && !from.Contains("/:", StringComparison.Ordinal);

    private static string? KeyOf(string address) =>
        SitePath.TryParse(Uri.UnescapeDataString(address.Split('#', '?')[0]), out var path) ? path.Key : null;
}

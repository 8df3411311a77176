using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// Resolves the links of a post's text for the place where the HTML is shown: a page of the blog, or a feed.
/// </summary>
/// <remarks>
/// Relative links are relative to the Markdown file, as in the author's editor: <c>a.jpg</c> in <c>trip/index.md</c> is
/// <c>/posts/trip/a.jpg</c>, whatever the post's address is.
/// </remarks>
public sealed record LinkResolver
{
    /// <summary>A base for URI resolution with an arbitrary host; only the resolved path is used.</summary>
    private static readonly Uri Root = new("http://blog.invalid/posts/");

    private readonly Uri _file;
    private readonly string _site;
    private readonly string _page;

    private LinkResolver(string source, string site, string page) =>
        (_file, _site, _page) = (
            new Uri(Root, string.Join('/', source.Split('/').Select(Uri.EscapeDataString))),
            site,
            page
        );

    /// <summary>
    /// The paths of posts by the names of their files: links to these files lead to the posts. Empty by default.
    /// </summary>
    public IReadOnlyDictionary<string, SitePath> Files { get; init; } = new Dictionary<string, SitePath>();

    /// <summary>Creates a resolver for the blog's own pages: links to the blog are paths.</summary>
    /// <param name="source">The blob's name.</param>
    public static LinkResolver ForPage(string source) => new(source, "", "");

    /// <summary>
    /// Creates a resolver for lists of posts: as for a page, but fragment links lead to the post's page.
    /// </summary>
    /// <param name="source">The blob's name.</param>
    /// <param name="path">The post's path.</param>
    public static LinkResolver ForList(string source, SitePath path) => new(source, "", path.Link);

    /// <summary>Creates a resolver for other places, such as feeds: links to the blog are absolute URLs.</summary>
    /// <param name="source">The blob's name.</param>
    /// <param name="baseUrl">The blog's base URL, without a trailing slash.</param>
    /// <param name="path">The post's path, to which fragment links are relative.</param>
    public static LinkResolver WithAbsoluteLinks(string source, string baseUrl, SitePath path) =>
        new(source, baseUrl, baseUrl + path.Link);

    /// <summary>
    /// Resolves a URL of the text. URLs with a scheme and network-path references (//host/...) are returned as they
    /// are.
    /// </summary>
    public string Resolve(string address)
    {
        if (address.Length == 0 || address[0] == '#')
        {
            return _page + address;
        }

        if (FindFile(address) is { } file && Files.TryGetValue(file, out var path))
        {
            var fragment = address.IndexOf('#', StringComparison.Ordinal);
            return _site + path.Link + (fragment < 0 ? "" : address[fragment..]);
        }

        if (address[0] == '/')
        {
            return address.StartsWith("//", StringComparison.Ordinal) ? address : _site + address;
        }

        return !HasScheme(address) && Uri.TryCreate(_file, address, out var full) && full.Host == Root.Host
            ? _site + full.PathAndQuery + full.Fragment
            : address;
    }

    /// <summary>
    /// Returns the name of the post's file that a relative link leads to, such as <c>other.md</c>; null for other
    /// addresses.
    /// </summary>
    public string? FindFile(string address)
    {
        if (
            address.Length == 0
            || address[0] is '#' or '/'
            || HasScheme(address)
            || !Uri.TryCreate(_file, address, out var full)
            || full.Host != Root.Host
            || !full.AbsolutePath.StartsWith(Root.AbsolutePath, StringComparison.Ordinal)
        )
        {
            return null;
        }

        var name = Uri.UnescapeDataString(full.AbsolutePath[Root.AbsolutePath.Length..]);
        return PostFileName.HasPostExtension(name) ? name : null;
    }

    private static bool HasScheme(string address)
    {
        var end = address.IndexOfAny([':', '/', '?', '#']);
        return end > 0 && address[end] == ':';
    }
}

namespace ServerlessBlog.Posts.Markdown;

/// <summary>Where a text stands, for what its links are relative to.</summary>
/// <remarks>
/// Relative links are relative to the file, as an author's editor shows them: <c>a.jpg</c> in <c>trip/index.md</c> is <c>/posts/trip/a.jpg</c>, whatever the
/// post's address is.
/// </remarks>
public sealed class LinkResolver
{
    /// <summary>Any host: only the path of what is resolved against it is used.</summary>
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

    /// <summary>On the blog's own pages.</summary>
    public static LinkResolver OnPage(string source) => new(source, "", "");

    /// <summary>Elsewhere, such as in a feed: every link is absolute.</summary>
    /// <param name="source">The file's name.</param>
    /// <param name="baseUrl">The blog's address.</param>
    /// <param name="path">The post's.</param>
    public static LinkResolver Elsewhere(string source, string baseUrl, SitePath path) =>
        new(source, baseUrl, baseUrl + path.Link);

    /// <summary>An address of the text as it is to stand in its HTML.</summary>
    public string Resolve(string address)
    {
        if (address.Length == 0 || address[0] == '#')
        {
            return _page + address;
        }

        if (address[0] == '/')
        {
            return address.StartsWith("//", StringComparison.Ordinal) ? address : _site + address;
        }

        return !HasScheme(address) && Uri.TryCreate(_file, address, out var full) && full.Host == Root.Host
            ? _site + full.PathAndQuery + full.Fragment
            : address;
    }

    private static bool HasScheme(string address)
    {
        var end = address.IndexOfAny([':', '/', '?', '#']);
        return end > 0 && address[end] == ':';
    }
}

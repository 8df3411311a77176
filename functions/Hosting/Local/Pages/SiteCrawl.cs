using System.Net;
using System.Runtime.CompilerServices;
using System.Xml;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ServerlessBlog.Hosting.Local.Pages;

/// <summary>
/// Requests every public page of a blog: the home page, what the sitemap and the feeds name, and what links, pictures
/// and styles of pages lead to. Pages for one visitor, with a query or behind forms, are left out. Of a picture in
/// several widths, the full one is requested.
/// </summary>
internal sealed partial class SiteCrawl(PageServer server)
{
    /// <summary>The maximum number of addresses: 500,000.</summary>
    private const int MaxAddresses = 500_000;

    /// <summary>The number of requests at once: rendering keeps a machine's processors busy.</summary>
    private const int AtOnce = 4;

    private static readonly string[] Start =
    [
        "/",
        "/sitemap.xml",
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/comments.xml",
        "/robots.txt",
        "/favicon.ico",
        "/tags",
        "/archive",
        "/privacy",
    ];

    /// <summary>The beginnings of paths that are not for all readers.</summary>
    private static readonly string[] Private = [AdminPaths.Home, "/search", "/letters", "/subscribe", "/admin", "/api"];

    private static readonly string[] LinkAttributes = ["href", "src", "poster", "data-src"];

    private readonly HashSet<string> _seen = new(Start, StringComparer.Ordinal);
    private readonly Queue<(string Path, string Query)> _next = new(Start.Select(path => (path, "")));

    /// <summary>Requests all pages. Those that are not there are given too.</summary>
    public async IAsyncEnumerable<FetchedPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new List<Task<FetchedPage>>();
        while (_next.Count > 0 || running.Count > 0)
        {
            while (_next.Count > 0 && running.Count < AtOnce)
            {
                var (path, query) = _next.Dequeue();
                running.Add(server.GetAsync(path, query, cancellationToken));
            }

            var done = await Task.WhenAny(running);
            running.Remove(done);
            var page = await done;
            foreach (var address in LinksOf(page))
            {
                Add(address, page);
            }

            if (!page.IsVersionRedirect)
            {
                yield return page;
            }
        }
    }

    /// <summary>Adds an address that was not requested yet, or to which its own path redirects.</summary>
    private void Add(string address, FetchedPage page)
    {
        var (from, redirected) = (page.Path, page.IsVersionRedirect ? page.Path : null);
        if (
            Uri.TryCreate(new Uri(server.BaseUrl + from), address, out var target)
            && target.GetLeftPart(UriPartial.Authority) == server.BaseUrl
            && Version().Match(target.Query) is { Success: true } query
            && !Private.Any(path => IsBelow(target.AbsolutePath, path))
            && _seen.Count < MaxAddresses
            && (_seen.Add(target.AbsolutePath) || target.AbsolutePath == redirected)
        )
        {
            _next.Enqueue((target.AbsolutePath, query.Groups["version"].Value));
        }
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static IEnumerable<string> LinksOf(FetchedPage page) =>
        page switch
        {
            { Location: { } location } => [location],
            { Status: not HttpStatusCode.OK } => [],
            { ContentType: "text/html" } => LinksInHtml(page.Bytes),
            { ContentType: "application/xml" or "text/xml" } => LinksInXml(page.Bytes),
            { ContentType: "application/manifest+json" or "text/css" } => LinksInText(page.Bytes),
            _ => [],
        };

    private static IEnumerable<string> LinksInHtml(byte[] html)
    {
        using var document = new HtmlParser().ParseDocument(new MemoryStream(html));
        return
        [
            .. document
                .All.SelectMany(element =>
                    LinkAttributes
                        .Select(element.GetAttribute)
                        .Concat(PicturesIn(element.GetAttribute("srcset")))
                        .Append(AddressInMeta(element))
                )
                .OfType<string>()
                .Select(link => link.Split('#')[0])
                .Where(link => link.Length > 0),
        ];
    }

    private static IEnumerable<string> PicturesIn(string? srcset) =>
        (srcset ?? "")
            .Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(candidate => candidate.Split(' ')[0]);

    /// <summary>The address of the picture that link previews show.</summary>
    private static string? AddressInMeta(IElement element) =>
        element.LocalName == "meta"
        && (element.GetAttribute("property") ?? element.GetAttribute("name")) is "og:image" or "twitter:image"
            ? element.GetAttribute("content")
            : null;

    private static List<string> LinksInXml(byte[] xml)
    {
        var links = new List<string>();
        using var reader = XmlReader.Create(
            new MemoryStream(xml),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null }
        );
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.ProcessingInstruction && reader.Name == "xml-stylesheet")
            {
                links.AddRange(reader.Value.Split('"').Where(part => part.StartsWith('/')));
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("href") is { } href)
            {
                links.Add(href);
            }
            else if (reader.NodeType == XmlNodeType.Text && reader.Value.StartsWith("http", StringComparison.Ordinal))
            {
                links.Add(reader.Value.Trim());
            }
        }

        return links;
    }

    /// <summary>Quoted paths of a manifest, and those in url(...) of a style.</summary>
    private static IEnumerable<string> LinksInText(byte[] text) =>
        Encoding.UTF8.GetString(text).Split('"', '\'', '(', ')').Where(part => part is ['/', not ('/' or '*'), ..]);

    /// <summary>No query, or that of a file: its version, and the width of a picture.</summary>
    [GeneratedRegex(@"^(?<version>\?v=[\w-]+)?(?:[?&]w=\d+)?$")]
    private static partial Regex Version();
}

using System.Net;
using ServerlessBlog.Export;

namespace ServerlessBlog.Hosting.Local.Pages;

/// <summary>
/// Writes the public pages of a blog as plain files, which any web server serves at the same addresses: a page without
/// an extension as <c>index.html</c> in a folder of its name, redirects as <c>_redirects</c>, and the page for what is
/// not there as <c>404.html</c>.
/// </summary>
internal sealed class SiteExport(PageServer server, ExportFolder folder)
{
    private const string NoPage = "/404-of-an-export";

    private readonly SortedDictionary<string, string> _redirects = new(StringComparer.Ordinal);

    /// <summary>The paths that are linked and not there.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Writes all pages. Those that are not there any more are deleted from the folder.</summary>
    /// <param name="redirects">Old addresses that no page links to, and where they lead.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public async Task RunAsync(IEnumerable<(string From, string To)> redirects, CancellationToken cancellationToken)
    {
        await foreach (var page in new SiteCrawl(server).ReadAsync(cancellationToken))
        {
            await WriteAsync(page, cancellationToken);
        }

        var notFound = await server.GetAsync(NoPage, "", cancellationToken);
        await folder.WriteAsync(new ExportedFile("404.html", new BinaryData(notFound.Bytes)), cancellationToken);
        foreach (var (from, to) in redirects)
        {
            _redirects.TryAdd(from, to);
        }

        var lines = _redirects.Select(redirect => $"{redirect.Key} {redirect.Value} 301\n");
        await folder.WriteAsync(ExportedFile.FromText("_redirects", string.Concat(lines)), cancellationToken);
        await folder.FinishAsync(cancellationToken);
    }

    private async Task WriteAsync(FetchedPage page, CancellationToken cancellationToken)
    {
        if (page.Location is { } location)
        {
            _redirects[page.Path] = location;
        }
        else if (page.Status == HttpStatusCode.OK)
        {
            await folder.WriteAsync(new ExportedFile(NameOf(page), new BinaryData(page.Bytes)), cancellationToken);
        }
        else
        {
            Missing.Add(page.Path);
        }
    }

    /// <summary>The name of a page's file.</summary>
    private static string NameOf(FetchedPage page)
    {
        var path = Uri.UnescapeDataString(page.Path).Trim('/');
        return page.ContentType != "text/html" || Path.GetExtension(path) is ".html" or ".htm" ? path
            : path.Length == 0 ? "index.html"
            : path + "/index.html";
    }
}

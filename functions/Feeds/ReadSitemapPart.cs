using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /sitemap-1.xml and so on: the sitemaps of a blog whose <c>/sitemap.xml</c> is an index.</summary>
public sealed class ReadSitemapPart(PageResponder responder, SitemapRenderer pages)
{
    /// <summary>Highest number that is looked for: that of a blog with 5 million posts.</summary>
    private const int MaxNumber = 1_000;

    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadSitemapPart))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sitemap-{number}.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        int.TryParse(
            request.RouteValues["number"] as string,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        ) && number is >= 1 and <= MaxNumber
            ? responder.PageAsync(
                request,
                new PageRequest(
                    string.Create(CultureInfo.InvariantCulture, $"sitemap/{number}"),
                    SitemapRenderer.LinkTo(number),
                    stop => pages.PartAsync(number, stop),
                    ContentType: "application/xml; charset=utf-8"
                )
                {
                    Policy = CachePolicy.Feed,
                },
                cancellationToken
            )
            : responder.NotFoundAsync(cancellationToken);
}

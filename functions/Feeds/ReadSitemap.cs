using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>
/// GET /sitemap.xml: posts and static pages with the times of their last changes, for search engines.
/// </summary>
public sealed class ReadSitemap(PageResponder responder, SitemapRenderer pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadSitemap))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sitemap.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        responder.PageAsync(
            request,
            new PageRequest(
                "sitemap",
                "/sitemap.xml",
                pages.SitemapAsync,
                ContentType: "application/xml; charset=utf-8"
            )
            {
                Policy = CachePolicy.Feed,
            },
            cancellationToken
        );
}

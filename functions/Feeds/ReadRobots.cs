using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /robots.txt: the rules for crawlers.</summary>
public sealed class ReadRobots(PageResponder responder, SitemapRenderer pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadRobots))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "robots.txt")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        responder.PageAsync(
            request,
            new PageRequest("robots", "/robots.txt", pages.RobotsAsync, ContentType: "text/plain; charset=utf-8")
            {
                Policy = CachePolicy.Feed,
            },
            cancellationToken
        );
}

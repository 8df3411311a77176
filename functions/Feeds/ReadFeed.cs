using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /feed.xml: the newest posts with full texts, as RSS 2.0.</summary>
public sealed class ReadFeed(PageResponder responder, FeedRenderer pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <remarks>
    /// The type is application/xml: Chromium shows application/rss+xml as plain text, without its stylesheet.
    /// </remarks>
    [Function(nameof(ReadFeed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        responder.PageAsync(
            request,
            new PageRequest("feed", "/feed.xml", pages.RssAsync, ContentType: "application/xml; charset=utf-8")
            {
                Policy = CachePolicy.Feed,
            },
            cancellationToken
        );
}

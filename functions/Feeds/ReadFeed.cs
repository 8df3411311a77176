using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /feed.xml: the newest posts with full texts, as RSS 2.0.</summary>
public sealed class ReadFeed(PageResponder responder, FeedPages feeds)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadFeed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) => responder.PageAsync(request, feeds.ForAll(FeedFormat.Rss), cancellationToken);
}

using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /feed.json: the newest posts with full texts, as JSON Feed.</summary>
public sealed class ReadJsonFeed(PageResponder responder, FeedPages feeds)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadJsonFeed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed.json")] HttpRequest request,
        CancellationToken cancellationToken
    ) => responder.PageAsync(request, feeds.ForAll(FeedFormat.Json), cancellationToken);
}

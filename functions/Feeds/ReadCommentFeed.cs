using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /comments.xml: the latest comments of all posts, as Atom.</summary>
public sealed class ReadCommentFeed(PageResponder responder, CommentFeedPages feeds)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadCommentFeed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "comments.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) => responder.PageAsync(request, feeds.ForAll(), cancellationToken);
}

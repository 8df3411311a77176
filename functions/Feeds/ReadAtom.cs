using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /atom.xml: the newest posts with full texts, as Atom.</summary>
public sealed class ReadAtom(PageResponder responder, FeedPages feeds)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadAtom))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "atom.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) => responder.PageAsync(request, feeds.ForAll(FeedFormat.Atom), cancellationToken);
}

using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /posts/page/{number}, from 2: older posts of the list of all. Any other name: see
/// <see cref="AddressResponder"/>.
/// </summary>
public sealed class ReadOlderPosts(PageResponder responder, ListPageRenderer pages, AddressResponder addresses)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadOlderPosts))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/page/{number}")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        PageNumber.Parse(request.RouteValues["number"] as string) is { } number
            ? responder.PageAsync(
                request,
                PageRequest.ForList($"all/{number}", ListPageRenderer.LinkTo(ListPageRenderer.AllPosts, number), stop =>
                    pages.AllAsync(number, stop)
                ),
                cancellationToken
            )
            : addresses.RespondAsync(request, cancellationToken);
}

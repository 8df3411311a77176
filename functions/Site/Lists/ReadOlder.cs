using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /page/{number}, from 2: older posts. /page/1 redirects to the home page. Any other name: see
/// <see cref="AddressResponder"/>.
/// </summary>
public sealed class ReadOlder(PageResponder responder, ListPageRenderer pages, AddressResponder addresses)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadOlder))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "page/{number}")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        PageNumber.Parse(request.RouteValues["number"] as string) is { } number
            ? responder.PageAsync(
                request,
                PageRequest.ForList($"home/{number}", ListPageRenderer.LinkTo("", number), stop =>
                    pages.HomeAsync(number, stop)
                ),
                cancellationToken
            )
            : addresses.RespondAsync(request, cancellationToken);
}

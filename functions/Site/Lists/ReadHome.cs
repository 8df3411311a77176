using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /: page 1 of the newest posts. GET /?p=123: a redirect to the post that has this alias.
/// </summary>
/// <remarks>
/// The route matches the empty path only. An empty route does not work: the Functions host replaces it with the name of
/// the function (seen on a real host).
/// </remarks>
public sealed class ReadHome(PageResponder responder, ListPageRenderer pages, AddressResponder addresses)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadHome))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{home:length(0)?}")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        await addresses.FindByQueryAsync(request, cancellationToken)
        ?? await responder.PageAsync(
            request,
            PageRequest.ForList("home/1", "/", stop => pages.HomeAsync(1, stop)),
            cancellationToken
        );
}

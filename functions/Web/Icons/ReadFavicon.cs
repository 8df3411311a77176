namespace ServerlessBlog.Web.Icons;

/// <summary>GET /favicon.ico: the icon that browsers show beside the title of a page.</summary>
public sealed class ReadFavicon(IconResponder icons)
{
    /// <param name="request">The request; its query <c>v</c> decides how long the response may be cached.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadFavicon))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "favicon.ico")] HttpRequest request,
        CancellationToken cancellationToken
    ) => icons.FaviconAsync(request, cancellationToken);
}

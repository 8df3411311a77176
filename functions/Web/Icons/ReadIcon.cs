namespace ServerlessBlog.Web.Icons;

/// <summary>GET /icons/192.png and /icons/512.png: the icons that the web manifest lists.</summary>
public sealed class ReadIcon(IconResponder icons)
{
    /// <param name="request">The request; its query <c>v</c> decides how long the response may be cached.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadIcon))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "icons/{name}")] HttpRequest request,
        CancellationToken cancellationToken
    ) => icons.ManifestIconAsync(request, request.RouteValues["name"] as string, cancellationToken);
}

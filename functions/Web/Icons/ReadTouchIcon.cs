namespace ServerlessBlog.Web.Icons;

/// <summary>GET /apple-touch-icon.png: the icon of a page on a home screen of iOS.</summary>
public sealed class ReadTouchIcon(IconResponder icons)
{
    /// <param name="request">The request; its query <c>v</c> decides how long the response may be cached.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadTouchIcon))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "apple-touch-icon.png")] HttpRequest request,
        CancellationToken cancellationToken
    ) => icons.TouchIconAsync(request, cancellationToken);
}

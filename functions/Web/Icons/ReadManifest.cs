namespace ServerlessBlog.Web.Icons;

/// <summary>GET /site.webmanifest: names and icons for a page on a home screen.</summary>
public sealed class ReadManifest(IconResponder icons)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadManifest))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "site.webmanifest")] HttpRequest request,
        CancellationToken cancellationToken
    ) => icons.ManifestAsync(request, cancellationToken);
}

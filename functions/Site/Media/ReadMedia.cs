namespace ServerlessBlog.Site.Media;

/// <summary>
/// GET /media/{path}: a file of the authors, whole or a range of it. With <c>?w=480</c>, a picture in one of the widths
/// that pages use.
/// </summary>
public sealed class ReadMedia(MediaResponder media)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadMedia))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    ) => media.RespondAsync(request, cancellationToken);
}

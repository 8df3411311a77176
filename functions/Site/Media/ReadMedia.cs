using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Site.Media;

/// <summary>GET /media/{path}: a file of the author, whole or in part; <c>?w=480</c>: a picture in one of the widths that pages ask for.</summary>
public sealed class ReadMedia(MediaResponder media)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadMedia))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    ) => media.RespondAsync(request, cancellationToken);
}

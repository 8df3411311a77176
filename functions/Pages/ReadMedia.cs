using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using ServerlessBlog.Media;

namespace ServerlessBlog.Pages;

/// <summary>GET /media/{path}: a file of the author, whole or in part.</summary>
public sealed class ReadMedia(MediaFiles files, Front front)
{
    /// <param name="request">The request; its route value is the blob's name.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadMedia))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "media/{*path}")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.RouteValues["path"] is not string { Length: > 0 and <= 1024 } path || await files.OpenAsync(path, cancellationToken) is not { } file)
        {
            return await front.NotFoundAsync(cancellationToken);
        }

        // An uploaded page or drawing must not act as this site: it runs no script, and knows no other file of ours.
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        headers.CacheControl = "public, max-age=300";
        return Results.Stream(file.Content, file.ContentType, lastModified: file.Modified, entityTag: new EntityTagHeaderValue(file.ETag), enableRangeProcessing: true);
    }
}

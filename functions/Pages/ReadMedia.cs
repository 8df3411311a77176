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

        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=300";
        if (IsDocument(file.ContentType))
        {
            // It must not act as this site: it runs no script, and asks for nothing.
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        }

        return Results.Stream(file.Content, file.ContentType, lastModified: file.Modified, entityTag: new EntityTagHeaderValue(file.ETag), enableRangeProcessing: true);
    }

    /// <summary>Whether a browser would open it as a page of its own that could hold a script. Everything else is what its type says: see nosniff.</summary>
    private static bool IsDocument(string contentType) =>
        contentType.Contains("html", StringComparison.OrdinalIgnoreCase) || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase);
}

using Microsoft.Net.Http.Headers;

namespace ServerlessBlog.Pages;

/// <summary>Answers a request with a page: in the encoding the client takes, or 304 when it has it already.</summary>
/// <param name="page">The page.</param>
/// <param name="cacheControl">How long caches may keep it.</param>
/// <param name="status">200, or the status of a page that says no.</param>
/// <param name="contentType">HTML, unless said otherwise.</param>
/// <param name="isStale">True: storage did not answer, and this is the last page that was seen.</param>
public sealed class PageAnswer(Page page, string cacheControl, int status = 200, string contentType = "text/html; charset=utf-8", bool isStale = false) : IResult
{
    /// <summary>For public pages. Browsers ask again each time (304 costs next to nothing); a CDN may hold a page for the 2 s that it may be behind anyway.</summary>
    public const string Public = "public, max-age=0, s-maxage=2, stale-if-error=86400";

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (isStale)
        {
            headers.Warning = "110 - \"Response is Stale\"";
        }

        var (encoding, bytes) = Choose(httpContext.Request.GetTypedHeaders().AcceptEncoding);
        var tag = new EntityTagHeaderValue(encoding is null ? $"\"{page.Tag}\"" : $"\"{page.Tag}-{encoding}\"");
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        httpContext.Response.StatusCode = status;
        var conditional = status == StatusCodes.Status200OK;
        return TypedResults.Bytes(bytes, contentType, lastModified: conditional ? page.Modified : null, entityTag: conditional ? tag : null)
            .ExecuteAsync(httpContext);
    }

    private (string? Encoding, ReadOnlyMemory<byte> Bytes) Choose(IList<StringWithQualityHeaderValue> accepted) =>
        Takes(accepted, "br") ? ("br", page.Brotli)
        : Takes(accepted, "gzip") ? ("gzip", page.Gzip)
        : (null, page.Identity);

    private static bool Takes(IList<StringWithQualityHeaderValue> accepted, string encoding)
    {
        foreach (var value in accepted)
        {
            if (value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            {
                return value.Quality is null or > 0;
            }
        }

        return false;
    }
}

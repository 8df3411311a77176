using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Results;

/// <summary>Answers a request with a page: in the encoding the client takes, or 304 when it has it already.</summary>
/// <param name="page">The page.</param>
/// <param name="cacheControl">How long caches may keep it.</param>
/// <param name="status">200, or the status of a page that says no.</param>
/// <param name="contentType">HTML, unless said otherwise.</param>
/// <param name="isStale">True: storage did not answer, and this is the last page that was seen.</param>
/// <remarks>Most answers are a warm page to a client that has nothing: they are written without parsing or formatting a header (see tests/Benchmarks, static).</remarks>
public sealed class PageResult(
    EncodedPage page,
    string cacheControl,
    int status = 200,
    string contentType = "text/html; charset=utf-8",
    bool isStale = false
) : IResult
{
    /// <summary>For public pages. Browsers ask again each time (304 costs next to nothing); a CDN may hold a page for the 2 s that it may be behind anyway.</summary>
    public const string Public = "public, max-age=0, s-maxage=2, stale-if-error=86400";

    /// <summary>For a file that is asked for without its hash: 5 minutes.</summary>
    public const string Briefly = "public, max-age=300";

    /// <summary>For what is asked for with its hash: another state of it has another address.</summary>
    public const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>
    /// For a file that pages ask for with its hash (<c>?v=</c>): then it may be kept for ever. Without one for 5 minutes; under another's not at all,
    /// because that is an older page's, or a newer one's that this instance has not heard of yet.
    /// </summary>
    public static string LastingFor(HttpRequest request, EncodedPage file) =>
        request.Query["v"] is not [_, ..] asked ? Briefly
        : asked == file.Tag ? ForEver
        : Public;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (encoding, bytes, tag) = Choose(httpContext.Request.Headers.AcceptEncoding);
        var headers = httpContext.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentEncoding = encoding;
        headers.ContentSecurityPolicy = page.Policy;
        if (isStale)
        {
            headers.Warning = "110 - \"Response is Stale\"";
        }

        httpContext.Response.StatusCode = status;
        if (status != StatusCodes.Status200OK)
        {
            return WriteAsync(httpContext, bytes);
        }

        if (HasConditions(httpContext.Request.Headers))
        {
            return TypedResults
                .Bytes(bytes, contentType, lastModified: page.Modified, entityTag: new EntityTagHeaderValue(tag))
                .ExecuteAsync(httpContext);
        }

        headers.ETag = tag;
        headers.LastModified = page.LastModified;
        return WriteAsync(httpContext, bytes);
    }

    private static bool HasConditions(IHeaderDictionary headers) =>
        headers.IfNoneMatch.Count > 0
        || headers.IfModifiedSince.Count > 0
        || headers.IfMatch.Count > 0
        || headers.IfUnmodifiedSince.Count > 0;

    private async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(bytes, CancellationToken.None); // who has gone ends it all the same; asking for RequestAborted makes one
        }
    }

    private (StringValues Encoding, ReadOnlyMemory<byte> Bytes, string Tag) Choose(StringValues accepted) =>
        Takes(accepted, "br") ? ("br", page.Brotli, page.BrotliTag)
        : Takes(accepted, "gzip") ? ("gzip", page.Gzip, page.GzipTag)
        : (default, page.Identity, page.IdentityTag);

    private static bool Takes(StringValues accepted, string encoding)
    {
        foreach (var line in accepted)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var value = line.AsSpan()[part].Trim();
                if (
                    value.StartsWith(encoding, StringComparison.OrdinalIgnoreCase)
                    && (value.Length == encoding.Length || IsWanted(value.ToString(), encoding))
                )
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>For the rare one with a quality: "br;q=0" is a no.</summary>
    private static bool IsWanted(string value, string encoding) =>
        StringWithQualityHeaderValue.TryParse(value, out var parsed)
        && parsed.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)
        && parsed.Quality is null or > 0;
}

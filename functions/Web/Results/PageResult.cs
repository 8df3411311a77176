using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Results;

/// <summary>
/// Responds with an encoded page: in the best encoding that the client accepts, or 304 when its cached copy is current.
/// </summary>
/// <param name="page">The page.</param>
/// <param name="policy">How long the response may be cached.</param>
/// <param name="status">
/// The HTTP status; 200 by default. Only 200 gets validators (ETag, Last-Modified) and conditional handling.
/// </param>
/// <param name="contentType">The Content-Type; HTML by default.</param>
/// <param name="isStale">
/// True during a storage outage, when this is the last known state of the page; adds the header Warning: 110 (RFC 7234,
/// 5.5.1).
/// </param>
/// <remarks>
/// Most responses are a cached page for a client that has no copy: they are written without parsing or formatting a
/// header (see tests/Benchmarks, static).
/// </remarks>
public sealed class PageResult(
    EncodedPage page,
    CachePolicy policy,
    int status = 200,
    string contentType = "text/html; charset=utf-8",
    bool isStale = false
) : IResult
{
    /// <summary>
    /// Chooses the policy of a file that pages link to with its hash (<c>?v=</c>): one year with the current hash, 5
    /// minutes without one. With another hash it must be revalidated each time, because that hash belongs to an older
    /// page, or to a newer one whose revision this instance has not read yet.
    /// </summary>
    public static CachePolicy PolicyFor(HttpRequest request, EncodedPage file) =>
        request.Query["v"] is not [_, ..] hash ? CachePolicy.File
        : hash == file.Tag ? CachePolicy.Versioned
        : CachePolicy.Page;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (encoding, bytes, tag) = Choose(httpContext.Request.Headers.AcceptEncoding);
        var headers = httpContext.Response.Headers;
        Policy(httpContext.Request).ApplyTo(httpContext.Response);
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

    /// <summary>
    /// An error for an address with a query is stored nowhere: a cache that ignores queries would have it stand for the
    /// address without one. Nor is one for a form that was sent.
    /// </summary>
    private CachePolicy Policy(HttpRequest request) =>
        status != StatusCodes.Status200OK && (request.QueryString.HasValue || HttpMethods.IsPost(request.Method))
            ? CachePolicy.Private
            : policy;

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
            // No RequestAborted token: reading the property allocates one, and a closed connection ends the write
            // anyway.
            await context.Response.BodyWriter.WriteAsync(bytes, CancellationToken.None);
        }
    }

    private (StringValues Encoding, ReadOnlyMemory<byte> Bytes, string Tag) Choose(StringValues accepted) =>
        Accepts(accepted, "br") ? ("br", page.Brotli, page.BrotliTag)
        : Accepts(accepted, "gzip") ? ("gzip", page.Gzip, page.GzipTag)
        : (default, page.Identity, page.IdentityTag);

    private static bool Accepts(StringValues accepted, string encoding)
    {
        foreach (var line in accepted)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var value = line.AsSpan()[part].Trim();
                if (
                    value.StartsWith(encoding, StringComparison.OrdinalIgnoreCase)
                    && (value.Length == encoding.Length || IsAcceptable(value.ToString(), encoding))
                )
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Parses the rare value with a quality: <c>br;q=0</c> refuses the encoding (RFC 9110, 12.5.3).</summary>
    private static bool IsAcceptable(string value, string encoding) =>
        StringWithQualityHeaderValue.TryParse(value, out var parsed)
        && parsed.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)
        && parsed.Quality is null or > 0;
}

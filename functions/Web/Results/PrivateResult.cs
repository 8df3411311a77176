using Microsoft.Net.Http.Headers;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Results;

/// <summary>
/// Responds with a page for one visitor: never cached, its address never sent as a referrer, never shown in a frame.
/// </summary>
/// <param name="page">The page.</param>
/// <param name="status">The HTTP status; 200 by default.</param>
/// <param name="referrer">
/// The Referrer-Policy. With no-referrer, browsers also send <c>Origin: null</c> with the forms of the page.
/// </param>
public sealed class PrivateResult(RenderedPage page, int status = 200, string referrer = "no-referrer") : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        MarkPrivate(httpContext.Response);
        httpContext.Response.Headers["Referrer-Policy"] = referrer;
        // Two policies: browsers enforce both.
        httpContext.Response.Headers.Append(HeaderNames.ContentSecurityPolicy, page.Policy);
        return TypedResults.Bytes(page.Bytes, "text/html; charset=utf-8").ExecuteAsync(httpContext);
    }

    /// <summary>Sets the headers of a private response: no caching, no referrer, no framing.</summary>
    public static void MarkPrivate(HttpResponse response)
    {
        CachePolicy.Private.ApplyTo(response);
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
    }
}

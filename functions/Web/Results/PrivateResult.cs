using Microsoft.Net.Http.Headers;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Results;

/// <summary>Answers with a page that is for one visitor: kept by nobody, its address told to nobody, never in a frame.</summary>
/// <param name="page">The page.</param>
/// <param name="status">200, or the status of a page that says no.</param>
/// <param name="referrer">The Referrer-Policy: with no-referrer, a browser hides where the page's forms come from, too.</param>
public sealed class PrivateResult(RenderedPage page, int status = 200, string referrer = "no-referrer") : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        MarkPrivate(httpContext.Response);
        httpContext.Response.Headers["Referrer-Policy"] = referrer;
        httpContext.Response.Headers.Append(HeaderNames.ContentSecurityPolicy, page.Policy); // both hold
        return TypedResults.Bytes(page.Bytes, "text/html; charset=utf-8").ExecuteAsync(httpContext);
    }

    /// <summary>Sets the headers of an answer to one visitor.</summary>
    public static void MarkPrivate(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
    }
}

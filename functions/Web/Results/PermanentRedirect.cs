namespace ServerlessBlog.Web.Results;

/// <summary>
/// Responds with 301: the page has another address. What a request with a query gets is stored nowhere: the query may
/// hold a signed right, and a cache that ignores queries would send everybody else there.
/// </summary>
/// <param name="address">The new path on this blog, encoded, with its query.</param>
public sealed class PermanentRedirect(string address) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        (httpContext.Request.QueryString.HasValue ? CachePolicy.Private : CachePolicy.Redirect).ApplyTo(
            httpContext.Response
        );
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}

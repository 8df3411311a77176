namespace ServerlessBlog.Web.Results;

/// <summary>301: what was asked for has another address. Kept no longer than a page is: left to themselves, browsers keep it for ever, and a post that comes back would never be found.</summary>
/// <param name="address">A path on this blog, encoded, and a query.</param>
public sealed class PermanentRedirect(string address) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        httpContext.Response.Headers.CacheControl = PageResult.Public;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}

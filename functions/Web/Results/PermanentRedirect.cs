namespace ServerlessBlog.Web.Results;

/// <summary>
/// Responds with 301: the page has another address. Cached no longer than a page is: by default browsers keep a 301
/// indefinitely, and a post that returns to its old address would never be found.
/// </summary>
/// <param name="address">The new path on this blog, encoded, with its query.</param>
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

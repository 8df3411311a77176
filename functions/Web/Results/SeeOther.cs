namespace ServerlessBlog.Web.Results;

/// <summary>303: the act is done, and its result is to be read elsewhere. Kept by nobody.</summary>
/// <param name="address">A path on this blog.</param>
public sealed class SeeOther(string address) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        PrivateResult.MarkPrivate(httpContext.Response);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}

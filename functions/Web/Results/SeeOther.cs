namespace ServerlessBlog.Web.Results;

/// <summary>
/// Responds with 303: the action is done, and its result is read with a GET of another address. Never cached.
/// </summary>
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

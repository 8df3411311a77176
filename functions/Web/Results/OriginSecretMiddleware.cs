namespace ServerlessBlog.Web.Results;

/// <summary>
/// Answers 403 to requests without the secret that the CDN adds (<see cref="OriginSecrets"/>), before anything else
/// looks at them: no storage call, no page from memory.
/// </summary>
/// <param name="settings">The secrets, and the address that readers are told.</param>
/// <param name="functions">
/// The functions, whose queue and timer functions the Functions host calls without the secret; null in the isolated
/// worker, which gets these calls in another way.
/// </param>
/// <remarks>The host's poll at the start gets the 403 too: it waits for any response.</remarks>
public sealed class OriginSecretMiddleware(BlogSettings settings, FunctionTable? functions = null)
{
    // Not one of the blog's texts: those of the theme are in storage.
    private readonly byte[] _refusal = Encoding.UTF8.GetBytes(
        $"This is not the public address of the blog. Readers find it at {settings.BaseUrl}\n"
    );

    /// <summary>Calls the next middleware when the request may pass; otherwise responds with 403.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        settings.OriginSecrets.Accepts(context.Request.Headers[OriginSecrets.Header])
        || functions?.IsInvocation(context.Request) == true
            ? next(context)
            : RefuseAsync(context.Response);

    private Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        PrivateResult.MarkPrivate(response);
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = _refusal.Length;
        return HttpMethods.IsHead(response.HttpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(_refusal, 0, _refusal.Length);
    }
}

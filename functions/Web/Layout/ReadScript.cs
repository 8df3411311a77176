using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web.Layout;

/// <summary>GET /blog.js: the script, which improves pages that also work without JavaScript.</summary>
public sealed class ReadScript(SiteLayoutProvider layouts)
{
    /// <param name="request">The request; its query <c>v</c> decides how long the response may be cached.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadScript))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "blog.js")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var script = (await layouts.CurrentAsync(cancellationToken)).Script;
        return new PageResult(
            script,
            PageResult.PolicyFor(request, script),
            contentType: "text/javascript; charset=utf-8"
        );
    }
}

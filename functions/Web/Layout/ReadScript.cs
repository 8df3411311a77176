using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web.Layout;

/// <summary>GET /blog.js: what pages can do better with JavaScript, and do without it too.</summary>
public sealed class ReadScript(SiteLayoutProvider layouts)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadScript))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "blog.js")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var script = (await layouts.CurrentAsync(cancellationToken)).Script;
        return new PageResult(
            script,
            PageResult.LastingFor(request, script),
            contentType: "text/javascript; charset=utf-8"
        );
    }
}

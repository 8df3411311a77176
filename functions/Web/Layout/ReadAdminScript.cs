using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web.Layout;

/// <summary>The script of the admin area, which improves pages that also work without JavaScript.</summary>
public sealed class ReadAdminScript(SiteLayoutProvider layouts)
{
    /// <param name="request">The request; its query <c>v</c> decides how long the response may be cached.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadAdminScript))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = AdminPaths.ScriptRoute)] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var script = (await layouts.CurrentAsync(cancellationToken)).AdminScript;
        return new PageResult(
            script,
            PageResult.PolicyFor(request, script),
            contentType: "text/javascript; charset=utf-8"
        );
    }
}

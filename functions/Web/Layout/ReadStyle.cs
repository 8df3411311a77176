using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web.Layout;

/// <summary>GET /style.css: the stylesheet. Pages ask for it with its hash, and then it may be kept for ever.</summary>
public sealed class ReadStyle(SiteLayoutProvider layouts)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadStyle))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "style.css")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var style = (await layouts.CurrentAsync(cancellationToken)).Style;
        return new PageResult(style, PageResult.LastingFor(request, style), contentType: "text/css; charset=utf-8");
    }
}

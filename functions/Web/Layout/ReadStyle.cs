using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web.Layout;

/// <summary>
/// GET /style.css: the stylesheet. Pages link to it with its hash, so that it may be cached indefinitely.
/// </summary>
public sealed class ReadStyle(SiteLayoutProvider layouts)
{
    /// <param name="request">
    /// The request; its query <c>v</c> decides how long the response may be cached, and <c>theme=none</c> leaves out
    /// the owner's theme.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadStyle))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "style.css")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var assets = await layouts.CurrentAsync(cancellationToken);
        var style = request.Query["theme"] == "none" ? assets.PlainStyle : assets.Style;
        return new PageResult(style, PageResult.PolicyFor(request, style), contentType: "text/css; charset=utf-8");
    }
}

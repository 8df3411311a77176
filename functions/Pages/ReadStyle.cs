using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Pages;

/// <summary>GET /style.css: the stylesheet. Pages ask for it with its hash, and then it may be kept for ever.</summary>
public sealed class ReadStyle(Look look)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadStyle))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "style.css")] HttpRequest request, CancellationToken cancellationToken)
    {
        var lasting = request.Query["v"] == look.Style.Tag ? "public, max-age=31536000, immutable" : "public, max-age=300";
        return Task.FromResult<IResult>(new PageAnswer(look.Style, lasting, contentType: "text/css; charset=utf-8"));
    }
}

using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>GET /: the newest posts.</summary>
/// <remarks>Its route matches the empty path only. An empty route would not do: the Functions host takes the function's name for one (seen on a real one).</remarks>
public sealed class ReadHome(PageResponder responder, ListPageRenderer pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadHome))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{home:length(0)?}")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        responder.PageAsync(
            request,
            new PageRequest("home/1", "/", stop => pages.HomeAsync(1, stop)),
            cancellationToken
        );
}

using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Pages;

/// <summary>GET /: the newest posts.</summary>
public sealed class ReadHome(Front front, HomePages pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadHome))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "")] HttpRequest request, CancellationToken cancellationToken) =>
        front.PageAsync(request, "home/1", found: null, stop => pages.RenderAsync(1, stop), cancellationToken);
}

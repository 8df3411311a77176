using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Pages;

/// <summary>GET /: the newest posts.</summary>
public sealed class ReadHome(Front front, ListPages pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadHome))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "")] HttpRequest request, CancellationToken cancellationToken) =>
        front.PageAsync(request, new Asked("home/1", "/", stop => pages.HomeAsync(1, stop)), cancellationToken);
}

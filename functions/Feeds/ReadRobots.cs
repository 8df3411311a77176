using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /robots.txt: what search engines may read.</summary>
public sealed class ReadRobots(Front front, CrawlerPages pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadRobots))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "robots.txt")] HttpRequest request, CancellationToken cancellationToken) =>
        front.PageAsync(request, new Asked("robots", "/robots.txt", pages.RobotsAsync, ContentType: "text/plain; charset=utf-8"), cancellationToken);
}

using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>GET /feed: redirects to the feed, which other blog engines have there.</summary>
public sealed class RedirectFeed
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Not used: nothing is read.</param>
    [Function(nameof(RedirectFeed))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "feed")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Task.FromResult<IResult>(new PermanentRedirect(ReadFeed.Path));
}

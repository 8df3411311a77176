using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>GET /posts: page 1 of all posts, to which the breadcrumb of a post links.</summary>
public sealed class ReadPosts(PageResponder responder, ListPageRenderer pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadPosts))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        responder.PageAsync(
            request,
            PageRequest.ForList("all/1", ListPageRenderer.AllPosts, stop => pages.AllAsync(1, stop)),
            cancellationToken
        );
}

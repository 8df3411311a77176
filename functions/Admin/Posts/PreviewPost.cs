using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Posts;

/// <summary>
/// GET /moderate/preview/{token}: a post that is not public, as readers will see it, for whoever has the secret link.
/// Once the post is public, the link leads to it.
/// </summary>
public sealed class PreviewPost(PreviewLinks links, PostTable posts, PostPageRenderer pages, PageResponder responder)
{
    /// <param name="request">The request; its route value is the signed token.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(PreviewPost))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = AdminPaths.PreviewRoute)] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var id = await links.FindPostAsync(request.RouteValues["token"] as string, cancellationToken);
        var post = id is null ? null : (await posts.FindAsync(id.Value, cancellationToken))?.Value;
        return post switch
        {
            null or { Status: PostStatus.Deleted } => await responder.NotFoundAsync(cancellationToken),
            { Status: PostStatus.Published } => new SeeOther(post.Path.Link),
            _ => new PrivateResult(await pages.RenderPreviewAsync(post, request.Path, cancellationToken)),
        };
    }
}

using ServerlessBlog.Feeds;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site;

/// <summary>
/// Responds with what the address table has for a path: a post or static page, a page of its comments, or the feed of
/// them; a redirect when it moved; 410 when it was deleted; a redirect of <see cref="OldPaths"/>; else a picture beside a post, or 404.
/// </summary>
public sealed class AddressResponder(
    AddressTable addresses,
    PageResponder responder,
    PostPageRenderer pages,
    MediaResponder media,
    OldPaths oldPaths,
    VisitorPages visitors,
    CommentFeedPages feeds
)
{
    /// <summary>Responds to a request for a path that no other function has a page for.</summary>
    /// <param name="request">
    /// The request. A signed <c>receipt</c> in the query adds the visitor's own comment to the page; with the number of
    /// a comment as <c>reply</c>, the form replies to it.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> RespondAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await FindByQueryAsync(request, cancellationToken) is { } redirect)
        {
            return redirect;
        }

        if (!SitePath.TryParse(request.Path.Value, out var path))
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        var (lookup, page) = await FindAsync(path, cancellationToken);
        return lookup.Address switch
        {
            { Kind: AddressKind.Post } address => await ReadAsync(request, lookup, address, page, cancellationToken),
            { Kind: AddressKind.Moved } address => new PermanentRedirect(
                page.LinkTo(address.Path) + request.QueryString
            ),
            { Kind: AddressKind.Gone } => await responder.GoneAsync(cancellationToken),
            _ => await oldPaths.FindAsync(request, path, cancellationToken)
                ?? await media.RespondAsync(request, cancellationToken), // A picture beside a post, or 404.
        };
    }

    /// <summary>
    /// Responds to a request whose query names a post (<see cref="QueryAddress"/>); null when the query names none.
    /// Such a request costs one more lookup; the response is held by no cache of this program.
    /// </summary>
    public async Task<IResult?> FindByQueryAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!QueryAddress.TryParse(request.Path.Value!, request.QueryString.Value, out var old))
        {
            return null;
        }

        return (await addresses.FindAsync(old, cancellationToken)).Address switch
        {
            { Kind: AddressKind.Moved } address => new PermanentRedirect(address.Path.Link),
            { Kind: AddressKind.Gone } => await responder.GoneAsync(cancellationToken),
            _ => null,
        };
    }

    /// <summary>
    /// Looks a path up, with the page of its comments. A path that ends like a page of comments is looked up as that of
    /// its post first, so that a page of comments costs one lookup, as the first page does.
    /// </summary>
    private async ValueTask<(AddressLookup Lookup, CommentsPage Page)> FindAsync(
        SitePath path,
        CancellationToken cancellationToken
    ) =>
        path.TrySplitCommentsPage(out var post, out var page)
        && page.Number <= CommentsPage.MaxNumber
        && await addresses.FindAsync(post, cancellationToken) is { Address: not null } lookup
            ? (lookup, page)
            : (await addresses.FindAsync(path, cancellationToken), CommentsPage.First);

    private async Task<IResult> ReadAsync(
        HttpRequest request,
        AddressLookup lookup,
        Address address,
        CommentsPage page,
        CancellationToken cancellationToken
    ) =>
        page.IsFeed
            ? await responder.PageAsync(
                request,
                feeds.ForPost(PostPageRenderer.CacheNameOf(address.Post, page), address, lookup),
                cancellationToken
            )
            : await visitors.FindAsync(request, address, page, cancellationToken)
                ?? await responder.PageAsync(
                    request,
                    new PageRequest(
                        PostPageRenderer.CacheNameOf(address.Post, page),
                        page.LinkTo(address.Path),
                        stop => pages.RenderAsync(address.Post, page, stop),
                        lookup
                    ),
                    cancellationToken
                );
}

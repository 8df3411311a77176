using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site;

/// <summary>
/// Responds with what the address table has for a path: a post or static page, or a page of its comments; a redirect
/// when it moved; 410 when it was deleted; a redirect of <see cref="OldPaths"/>; else a picture beside a post, or 404.
/// </summary>
public sealed class AddressResponder(
    AddressTable addresses,
    PageResponder responder,
    PostPageRenderer pages,
    MediaResponder media,
    OldPaths oldPaths,
    SignedLinks links,
    CommentTable comments
)
{
    /// <summary>Responds to a request for a path that no other function has a page for.</summary>
    /// <param name="request">
    /// The request. A signed <c>receipt</c> in the query adds the visitor's own comment to the page.
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

        var (lookup, number) = await FindAsync(path, cancellationToken);
        return lookup.Address switch
        {
            { Kind: AddressKind.Post } address => await ReadAsync(request, lookup, address, number, cancellationToken),
            { Kind: AddressKind.Moved } address => new PermanentRedirect(
                PostPageRenderer.LinkTo(address.Path, number) + request.QueryString
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
    /// Looks a path up, with the page number of its comments. A path that ends like a page of comments is looked up as
    /// that of its post first, so that a page of comments costs one lookup, as the first page does.
    /// </summary>
    private async ValueTask<(AddressLookup Lookup, int Number)> FindAsync(
        SitePath path,
        CancellationToken cancellationToken
    ) =>
        path.TrySplitCommentsPage(out var post, out var number)
        && number <= PostPageRenderer.MaxCommentPages
        && await addresses.FindAsync(post, cancellationToken) is { Address: not null } lookup
            ? (lookup, number)
            : (await addresses.FindAsync(path, cancellationToken), 1);

    private async Task<IResult> ReadAsync(
        HttpRequest request,
        AddressLookup lookup,
        Address address,
        int number,
        CancellationToken cancellationToken
    ) =>
        await ReadReceiptAsync(request, address.Post, number, cancellationToken)
        ?? await responder.PageAsync(
            request,
            new PageRequest(
                PostPageRenderer.CacheNameOf(address.Post, number),
                PostPageRenderer.LinkTo(address.Path, number),
                stop => pages.RenderAsync(address.Post, number, stop),
                lookup
            ),
            cancellationToken
        );

    /// <summary>
    /// The private page with the visitor's own comment. Null when the request has no valid receipt for a comment on
    /// this post: the public page is served then.
    /// </summary>
    private async Task<IResult?> ReadReceiptAsync(
        HttpRequest request,
        PostId post,
        int number,
        CancellationToken cancellationToken
    )
    {
        if (
            !request.QueryString.HasValue
            || !links.TryRead(request.Query["receipt"], out var action, out var key)
            || action != LinkAction.Receipt
            || key.Post != post
            || await comments.FindAsync(key, cancellationToken) is not { } found
        )
        {
            return null;
        }

        return await pages.RenderAsync(post, number, CommentFormView.Empty, found.Value, cancellationToken) is { } page
            ? new PrivateResult(page)
            : null;
    }
}

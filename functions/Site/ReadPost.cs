using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site;

/// <summary>GET any other address: the post that stands there, or a page of its comments; where it went, or that it is gone; a picture beside a post; or a friendly 404.</summary>
/// <remarks>The Functions host matches routes in the order of function names, so this one must be the last of all; a test holds it.</remarks>
public sealed class ReadPost(
    AddressTable addresses,
    PageResponder responder,
    PostPageRenderer pages,
    MediaResponder media,
    SignedLinks links,
    CommentTable comments
)
{
    /// <param name="request">The request. A receipt in its query shows one comment to its writer.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function("WelcomeReader")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!SitePath.TryParse(request.Path.Value, out var path))
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        var (found, number) = await FindAsync(path, cancellationToken);
        return found.Address switch
        {
            { Kind: AddressKind.Post } there => await ReadAsync(request, found, there, number, cancellationToken),
            { Kind: AddressKind.Moved } there => new PermanentRedirect(
                PostPageRenderer.LinkTo(there.Path, number) + request.QueryString
            ),
            { Kind: AddressKind.Gone } => await responder.GoneAsync(cancellationToken),
            _ => await media.RespondAsync(request, cancellationToken), // a picture beside a post
        };
    }

    /// <summary>What stands there, and which page of its comments was asked for. The post first: a page of comments costs one look, as its first does.</summary>
    private async ValueTask<(AddressLookup Found, int Number)> FindAsync(
        SitePath path,
        CancellationToken cancellationToken
    ) =>
        path.TrySplitComments(out var post, out var number)
        && number <= PostPageRenderer.MaxNumber
        && await addresses.FindAsync(post, cancellationToken) is { Address: not null } found
            ? (found, number)
            : (await addresses.FindAsync(path, cancellationToken), 1);

    private async Task<IResult> ReadAsync(
        HttpRequest request,
        AddressLookup found,
        Address there,
        int number,
        CancellationToken cancellationToken
    ) =>
        await ReadReceiptAsync(request, there.Post, number, cancellationToken)
        ?? await responder.PageAsync(
            request,
            new PageRequest(
                PostPageRenderer.CacheNameOf(there.Post, number),
                PostPageRenderer.LinkTo(there.Path, number),
                stop => pages.RenderAsync(there.Post, number, stop),
                found
            ),
            cancellationToken
        );

    /// <summary>The page with the visitor's own comment. Null when there is no good receipt for a comment on this post: then it is the page for everybody.</summary>
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

using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>GET /posts/{slug}: the post with its comments, from the page cache when it is there.</summary>
public sealed class ReadPost(AddressTable addresses, Front front, PostPages pages, SignedLinks links, CommentTable comments)
{
    /// <param name="request">The request. A receipt in its query shows one comment to its writer.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadPost))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{slug}")] HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await addresses.FindAsync($"/posts/{request.RouteValues["slug"]}", cancellationToken);
        return await front.PostAsync(
            found,
            async post => await ReadReceiptAsync(request, post, cancellationToken)
                ?? await front.PageAsync(request, $"posts/{post}", found, stop => pages.RenderAsync(post, stop), cancellationToken),
            path => path + request.QueryString,
            cancellationToken);
    }

    /// <summary>The page with the visitor's own comment. Null when there is no good receipt for a comment on this post: then it is the page for everybody.</summary>
    private async Task<IResult?> ReadReceiptAsync(HttpRequest request, PostId post, CancellationToken cancellationToken)
    {
        if (!request.QueryString.HasValue
            || !links.TryRead(request.Query["receipt"], out var act, out var key)
            || act != LinkAct.Receipt
            || key.Post != post
            || await comments.FindAsync(key, cancellationToken) is not { } found)
        {
            return null;
        }

        return await pages.RenderAsync(post, CommentFormView.Empty, found.Value, cancellationToken) is { } html ? new PrivateAnswer(html) : null;
    }
}

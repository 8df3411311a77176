using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Pages;

/// <summary>GET /moderate/comment/{key}: one comment, every decision about it, and what each rule saw.</summary>
public sealed class ShowComment(DeskDoor door, DeskPages pages, Front front)
{
    /// <param name="request">The request; its route value is the comment's key.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    [Function(nameof(ShowComment))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderate/comment/{key}")] HttpRequest request, CancellationToken cancellationToken) =>
        door.LetInAsync(
            request,
            async _ => (CommentKey.TryParse(request.RouteValues["key"] as string, out var key) ? await pages.OneAsync(key, cancellationToken) : null)
                ?? await front.NotFoundAsync(cancellationToken),
            cancellationToken);
}

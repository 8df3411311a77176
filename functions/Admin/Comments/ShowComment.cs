using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// GET /moderate/comment/{key}: one comment, every decision about it, and the findings of each rule. POST replies to it
/// or corrects its text.
/// </summary>
public sealed class ShowComment(
    AdminAuthentication authentication,
    CommentPageRenderer pages,
    ModeratorReplies replies,
    PageResponder responder
)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">The request; its route value is the comment's key.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ShowComment))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.CommentRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async moderator =>
            {
                if (!CommentKey.TryParse(request.RouteValues["key"] as string, out var key))
                {
                    return await responder.NotFoundAsync(cancellationToken);
                }

                return (
                    HttpMethods.IsPost(request.Method)
                        ? await KeepAsync(request, key, moderator, cancellationToken)
                        : await pages.ShowAsync(key, draft: null, cancellationToken)
                ) ?? await responder.NotFoundAsync(cancellationToken);
            },
            cancellationToken
        );

    private async Task<IResult?> KeepAsync(
        HttpRequest request,
        CommentKey key,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var action = form.Field("act") == ReplyDraft.Reply ? ReplyDraft.Reply : ReplyDraft.Correct;
        var text = form.Field(action);
        if (CommentVersion.Read(form.Field("item")) is not { } version || version.Comment != key)
        {
            return await pages.ShowAsync(
                key,
                new ReplyDraft(action, text, new TextReference("admin.reply-unknown")),
                cancellationToken
            );
        }

        var result =
            action == ReplyDraft.Reply
                ? await replies.ReplyAsync(version, text, moderator.Author, cancellationToken)
                : await replies.CorrectAsync(version, text, moderator.Author, cancellationToken);
        return result.Comment is { } comment
            ? new SeeOther(AdminPaths.Comment(comment.ToString()))
            : await pages.ShowAsync(key, new ReplyDraft(action, text, result.Problem!), cancellationToken);
    }
}

using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>GET /moderate/comment/{key}: one comment, every decision about it, and what each rule saw. POST answers it, or corrects its text.</summary>
public sealed class ShowComment(
    AdminAuthentication authentication,
    CommentPageRenderer pages,
    ModeratorReplies replies,
    PageResponder responder
)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">The request; its route value is the comment's key.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    [Function(nameof(ShowComment))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.CommentRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.LetInAsync(
            request,
            async moderator =>
            {
                if (!CommentKey.TryParse(request.RouteValues["key"] as string, out var key))
                {
                    return await responder.NotFoundAsync(cancellationToken);
                }

                return (
                    HttpMethods.IsPost(request.Method)
                        ? await WriteAsync(request, key, moderator, cancellationToken)
                        : await pages.OneAsync(key, draft: null, cancellationToken)
                ) ?? await responder.NotFoundAsync(cancellationToken);
            },
            cancellationToken
        );

    private async Task<IResult?> WriteAsync(
        HttpRequest request,
        CommentKey key,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var act = form.Field("act") == ReplyDraft.Answer ? ReplyDraft.Answer : ReplyDraft.Correct;
        var text = form.Field(act);
        if (CommentVersion.Read(form.Field("item")) is not { } version || version.Comment != key)
        {
            return await pages.OneAsync(
                key,
                new ReplyDraft(act, text, "The form did not say which comment it is for: send it again."),
                cancellationToken
            );
        }

        var result =
            act == ReplyDraft.Answer
                ? await replies.AnswerAsync(version, text, moderator.Who, cancellationToken)
                : await replies.CorrectAsync(version, text, moderator.Who, cancellationToken);
        return result.Comment is { } comment
            ? new SeeOther(AdminPaths.Comment(comment.ToString()))
            : await pages.OneAsync(key, new ReplyDraft(act, text, result.Problem!), cancellationToken);
    }
}

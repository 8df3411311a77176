using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>GET /moderate/comment/{key}: one comment, every decision about it, and what each rule saw. POST answers it, or corrects its text.</summary>
public sealed class ShowComment(DeskDoor door, DeskPages pages, DeskPen pen, Front front)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">The request; its route value is the comment's key.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    [Function(nameof(ShowComment))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.CommentRoute)] HttpRequest request, CancellationToken cancellationToken) =>
        door.LetInAsync(
            request,
            async visitor =>
            {
                if (!CommentKey.TryParse(request.RouteValues["key"] as string, out var key))
                {
                    return await front.NotFoundAsync(cancellationToken);
                }

                return (HttpMethods.IsPost(request.Method) ? await WriteAsync(request, key, visitor, cancellationToken) : await pages.OneAsync(key, draft: null, cancellationToken))
                    ?? await front.NotFoundAsync(cancellationToken);
            },
            cancellationToken);

    private async Task<IResult?> WriteAsync(HttpRequest request, CommentKey key, Visitor visitor, CancellationToken cancellationToken)
    {
        var form = await Forms.ReadAsync(request, MaxFormBytes, cancellationToken);
        var act = form.Field("act") == DeskDraft.Answer ? DeskDraft.Answer : DeskDraft.Correct;
        var text = form.Field(act);
        if (DeskItem.Read(form.Field("item")) is not { } item || item.Comment != key)
        {
            return await pages.OneAsync(key, new DeskDraft(act, text, "The form did not say which comment it is for: send it again."), cancellationToken);
        }

        var written = act == DeskDraft.Answer
            ? await pen.AnswerAsync(item, text, visitor.Who, cancellationToken)
            : await pen.CorrectAsync(item, text, visitor.Who, cancellationToken);
        return written.Comment is { } comment
            ? new SeeOther(AdminPaths.Comment(comment.ToString()))
            : await pages.OneAsync(key, new DeskDraft(act, text, written.Problem!), cancellationToken);
    }
}

using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>GET /comment/{token}: a comment for its writer, who has the link: its state, and why. POST changes its text, takes it back, or erases it.</summary>
public sealed class ReviseComment(
    SignedLinks links, CommentTable comments, OwnComment own, PostTable posts, PostPages pages, PageFiles files, Front front, BlogSettings settings, Frames frames)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">The request; its route value is the signed token.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    [Function(nameof(ReviseComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "comment/{token}")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!links.TryRead(request.RouteValues["token"] as string, out var act, out var key)
            || act != LinkAct.Receipt
            || await comments.FindAsync(key, cancellationToken) is not { } found)
        {
            return await front.SayAsync(StatusCodes.Status404NotFound, "link.title", "link.sentence", cancellationToken);
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return await ShowAsync(found.Value, request.Path, null, found.Value.NewText ?? found.Value.Text, cancellationToken);
        }

        var form = await Forms.ReadAsync(request, MaxFormBytes, cancellationToken);
        var text = form.Field("comment");
        switch (form["act"].ToString())
        {
            case "change" when await own.ReviseAsync(key, text, cancellationToken) is { } problem:
                return await ShowAsync(found.Value, request.Path, problem, text, cancellationToken);
            case "withdraw":
                await own.WithdrawAsync(key, cancellationToken);
                break;
            case "erase":
                await own.EraseAsync(key, cancellationToken);
                await files.ForgetAsync(PostPages.CachePrefixOf(key.Post), cancellationToken);
                break;
        }

        return new SeeOther(request.Path);
    }

    private async Task<IResult> ShowAsync(Comment comment, string path, Wording? problem, string text, CancellationToken cancellationToken)
    {
        var post = (await posts.FindAsync(comment.Key.Post, cancellationToken))?.Value;
        var frame = (await frames.CurrentAsync(cancellationToken)).Frame.Private;
        var texts = frame.Texts;
        var (sentence, mayRevise) = (problem is null ? null : texts.Of(problem), await own.MayReviseAsync(comment, cancellationToken));
        var view = new OwnCommentView
        {
            Frame = frame,
            State = StateWords.Of(texts, comment.State, comment.IsRestorable),
            IsRevised = comment.NewText is not null,
            Reasons = comment.Reasons,
            PostTitle = post?.Head.Title ?? texts["own.no-post"],
            PostPath = post is null ? "/" : $"{PostPages.LinkTo(post.Path, await pages.NumberOfAsync(comment, cancellationToken))}{(comment.State == CommentState.Approved ? $"#comment-{comment.Number}" : "#comments")}",
            Date = settings.Local(comment.Created),
            BodyHtml = CommentMarkdown.ToHtml(comment.Text),
            Text = mayRevise ? new FieldView
            {
                Name = "comment",
                Label = texts["own.new-text"],
                Type = "textarea",
                MaxLength = CommentOffer.MaxText,
                IsRequired = true,
                Value = text,
                Problem = sentence,
            } : null,
            IsWithdrawn = comment.IsTakenBack,
            IsErased = comment.IsErased,
            ActionAddress = path,
            Problem = mayRevise ? null : sentence,
        };
        return new PrivateAnswer(await Html.RenderAsync(OwnCommentPage.Create(view), frame, cancellationToken), problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}

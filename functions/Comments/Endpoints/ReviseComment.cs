using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>
/// GET /comment/{token}: shows a comment to its writer, who has the signed link, with its state and the reasons. POST
/// revises, withdraws or erases it; before it is erased, a page asks.
/// </summary>
public sealed class ReviseComment(
    SignedLinks links,
    CommentTable comments,
    WriterActions actions,
    VerdictWaiter verdicts,
    PostTable posts,
    PostPageRenderer pages,
    PageFiles files,
    PageResponder responder,
    BlogSettings settings,
    SiteLayoutProvider layouts
)
{
    private const int MaxFormBytes = 64 * 1024;
    private const string DoneQuery = "done";
    private const string Saved = "saved";
    private const string Withdrawn = "withdrawn";

    /// <param name="request">The request; the route value is the signed token.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(ReviseComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "comment/{token}")]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            !links.TryRead(request.RouteValues["token"] as string, out var action, out var key)
            || action != LinkAction.Receipt
            || await comments.FindAsync(key, cancellationToken) is not { } found
        )
        {
            return await responder.MessageAsync(
                StatusCodes.Status404NotFound,
                "link.title",
                "link.sentence",
                cancellationToken
            );
        }

        return HttpMethods.IsPost(request.Method)
            ? await ActAsync(request, found.Value, cancellationToken)
            : await ShowAsync(
                found.Value,
                request,
                null,
                found.Value.NewText ?? found.Value.Body.ToEditableText(),
                cancellationToken
            );
    }

    /// <summary>
    /// Does what the form says and redirects to the page, whose query says what was done, or returns the form with its
    /// problem.
    /// </summary>
    private async Task<IResult> ActAsync(HttpRequest request, Comment comment, CancellationToken cancellationToken)
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken, allowsNul: true);
        var (key, text) = (comment.Key, form.Field("comment"));
        switch (form["act"].ToString())
        {
            case "change" when await actions.ReviseAsync(key, text, cancellationToken) is { } problem:
                return await ShowAsync(comment, request, problem, text, cancellationToken);
            case "change":
                if (await comments.FindAsync(key, cancellationToken) is { Value: var revised })
                {
                    await verdicts.WaitAsync(revised, cancellationToken);
                }

                return new SeeOther($"{request.Path}?{DoneQuery}={Saved}");
            case "withdraw":
                await actions.WithdrawAsync(key, cancellationToken);
                return new SeeOther($"{request.Path}?{DoneQuery}={Withdrawn}");
            case "erase":
                await actions.EraseAsync(key, cancellationToken);
                await files.DeleteByPrefixAsync(PostPageRenderer.CachePrefixOf(key.Post), cancellationToken);
                break;
        }

        return new SeeOther(request.Path);
    }

    private async Task<IResult> ShowAsync(
        Comment comment,
        HttpRequest request,
        TextReference? problem,
        string text,
        CancellationToken cancellationToken
    )
    {
        var post = (await posts.FindAsync(comment.Key.Post, cancellationToken))?.Value;
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForPrivatePages;
        var texts = site.Texts;
        var audit = await comments.ReadAuditAsync(comment.Key, cancellationToken);
        var (sentence, mayRevise) = (
            problem is null ? null : texts.Format(problem),
            await actions.MayReviseAsync(comment, cancellationToken)
        );
        var until = texts.Format(
            "own.until",
            ("time", texts.Time(settings.ToLocalTime(comment.Created + WriterActions.RevisionTime)))
        );
        var view = new OwnCommentView
        {
            Site = site,
            Notice = problem is null ? NoticeFor(request, comment, texts, mayRevise ? until : null) : null,
            IsErasing = !HttpMethods.IsPost(request.Method) && !comment.IsErased && request.Query["ask"] == "erase",
            State = CommentStateText.Describe(texts, comment.State, comment.IsRestorable),
            IsRevised = comment.NewText is not null && !comment.IsWithdrawn,
            Reasons = WriterReasons.Describe(texts, comment, audit),
            PostTitle = post?.Metadata.Title ?? texts["own.no-post"],
            PostPath = await LinkToAsync(comment, post, cancellationToken),
            Date = settings.ToLocalTime(comment.Created),
            BodyHtml = comment.Body.ToHtml(),
            Text = mayRevise ? CreateField(texts["own.new-text"], until, text, sentence) : null,
            IsWithdrawn = comment.IsWithdrawn,
            IsErased = comment.IsErased,
            ActionAddress = request.Path,
            Problem = mayRevise ? null : sentence,
        };
        return new PrivateResult(
            await PageRenderer.RenderAsync(OwnCommentPage.Create(view), site, cancellationToken),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    /// <summary>What the query says was done, if the comment agrees; null for nothing.</summary>
    private static string? NoticeFor(HttpRequest request, Comment comment, SiteTexts texts, string? until) =>
        request.Query[DoneQuery].ToString() switch
        {
            Saved when !comment.IsWithdrawn => $"{texts["own.saved"]} {until}".TrimEnd(),
            Withdrawn when comment is { IsWithdrawn: true, IsErased: false } => texts["own.withdrawn"],
            _ => null,
        };

    /// <summary>Returns the link to the comment when it is shown, else to the comments of the post.</summary>
    private async Task<string> LinkToAsync(Comment comment, Post? post, CancellationToken cancellationToken)
    {
        if (post is null)
        {
            return "/";
        }

        var page = (await pages.FindPageAsync(comment, cancellationToken)).LinkTo(post.Path);
        return page + (comment.State == CommentState.Approved ? $"#comment-{comment.Number}" : "#comments");
    }

    private static FieldView CreateField(string label, string hint, string text, string? problem) =>
        new()
        {
            Name = "comment",
            Label = label,
            Hint = hint,
            Type = "textarea",
            MaxLength = CommentForm.MaxText,
            IsRequired = true,
            Value = text,
            Problem = problem,
        };
}

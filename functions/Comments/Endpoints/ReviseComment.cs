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
/// revises, withdraws or erases it.
/// </summary>
public sealed class ReviseComment(
    SignedLinks links,
    CommentTable comments,
    WriterActions actions,
    PostTable posts,
    PostPageRenderer pages,
    PageFiles files,
    PageResponder responder,
    BlogSettings settings,
    SiteLayoutProvider layouts
)
{
    private const int MaxFormBytes = 64 * 1024;

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

        if (!HttpMethods.IsPost(request.Method))
        {
            return await ShowAsync(
                found.Value,
                request.Path,
                null,
                found.Value.NewText ?? found.Value.Text,
                cancellationToken
            );
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken, allowsNul: true);
        var text = form.Field("comment");
        switch (form["act"].ToString())
        {
            case "change" when await actions.ReviseAsync(key, text, cancellationToken) is { } problem:
                return await ShowAsync(found.Value, request.Path, problem, text, cancellationToken);
            case "withdraw":
                await actions.WithdrawAsync(key, cancellationToken);
                break;
            case "erase":
                await actions.EraseAsync(key, cancellationToken);
                await files.DeleteByPrefixAsync(PostPageRenderer.CachePrefixOf(key.Post), cancellationToken);
                break;
        }

        return new SeeOther(request.Path);
    }

    private async Task<IResult> ShowAsync(
        Comment comment,
        string path,
        TextReference? problem,
        string text,
        CancellationToken cancellationToken
    )
    {
        var post = (await posts.FindAsync(comment.Key.Post, cancellationToken))?.Value;
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForPrivatePages;
        var texts = site.Texts;
        var (sentence, mayRevise) = (
            problem is null ? null : texts.Format(problem),
            await actions.MayReviseAsync(comment, cancellationToken)
        );
        var view = new OwnCommentView
        {
            Site = site,
            State = CommentStateText.Describe(texts, comment.State, comment.IsRestorable),
            IsRevised = comment.NewText is not null,
            Reasons = comment.Reasons,
            PostTitle = post?.Metadata.Title ?? texts["own.no-post"],
            PostPath = await LinkToAsync(comment, post, cancellationToken),
            Date = settings.ToLocalTime(comment.Created),
            BodyHtml = CommentMarkdown.ToHtml(comment.Text),
            Text = mayRevise ? CreateField(texts["own.new-text"], text, sentence) : null,
            IsWithdrawn = comment.IsWithdrawn,
            IsErased = comment.IsErased,
            ActionAddress = path,
            Problem = mayRevise ? null : sentence,
        };
        return new PrivateResult(
            await PageRenderer.RenderAsync(OwnCommentPage.Create(view), site, cancellationToken),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    /// <summary>Returns the link to the comment when it is shown, else to the comments of the post.</summary>
    private async Task<string> LinkToAsync(Comment comment, Post? post, CancellationToken cancellationToken)
    {
        if (post is null)
        {
            return "/";
        }

        var page = PostPageRenderer.LinkTo(post.Path, await pages.FindPageNumberAsync(comment, cancellationToken));
        return page + (comment.State == CommentState.Approved ? $"#comment-{comment.Number}" : "#comments");
    }

    private static FieldView CreateField(string label, string text, string? problem) =>
        new()
        {
            Name = "comment",
            Label = label,
            Type = "textarea",
            MaxLength = CommentForm.MaxText,
            IsRequired = true,
            Value = text,
            Problem = problem,
        };
}

using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>
/// POST /posts/{id}/comments: stores a reader's comment and queues it for moderation. With act=preview, returns the
/// page with a preview of the comment and stores nothing.
/// </summary>
public sealed class PostComment(
    PostTable posts,
    CommentSubmission submission,
    VerdictWaiter verdicts,
    PostPageRenderer pages,
    VisitorPages visitors,
    PageResponder responder
)
{
    /// <summary>
    /// Maximum size of the request body: several times the size of a form whose fields are all at their limits, with
    /// every character percent-encoded.
    /// </summary>
    private const int MaxFormBytes = 128 * 1024;

    /// <param name="request">The form; the route value is the id of the post.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(PostComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts/{id}/comments")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            !PostId.TryParse(request.RouteValues["id"] as string, out var id)
            || await posts.FindForWriteAsync(id, cancellationToken)
                is not { Value: { State: PostState.Published } post }
        )
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken, allowsNul: true);
        var submitted = ReadSubmission(form);
        if (form["act"] == "preview" && post.TakesComments)
        {
            return await RenderFormAsync(post, CreatePreview(submitted), StatusCodes.Status200OK, cancellationToken);
        }

        var result = await submission.SubmitAsync(
            post,
            submitted,
            request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            cancellationToken
        );
        return await RespondAsync(request.HttpContext.Response, post, submitted, result, cancellationToken);
    }

    /// <summary>Redirects to the receipt of an accepted comment, or returns the form with its problems.</summary>
    private async Task<IResult> RespondAsync(
        HttpResponse response,
        Post post,
        CommentForm submitted,
        SubmissionResult result,
        CancellationToken cancellationToken
    )
    {
        if (result.Comment is { } stored)
        {
            var comment = await verdicts.WaitAsync(stored, cancellationToken);
            var page = await pages.FindPageAsync(comment, cancellationToken);
            return new SeeOther(visitors.ReceiptAddress(post.Path, page, comment));
        }

        if (result.Wait > TimeSpan.Zero)
        {
            response.Headers.RetryAfter = $"{(int)Math.Ceiling(result.Wait.TotalSeconds)}";
        }

        var form = CommentFormView.From(submitted) with { Problems = result.Problems };
        if (result.Error == SubmissionError.NoSuchComment)
        {
            form = form with { ReplyTo = "" }; // Sent again, it begins a thread.
        }

        return await RenderFormAsync(post, form, StatusOf(result.Error), cancellationToken);
    }

    private static int StatusOf(SubmissionError error) =>
        error switch
        {
            SubmissionError.Closed => StatusCodes.Status403Forbidden,
            SubmissionError.TooSoon or SubmissionError.TooMany => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status400BadRequest,
        };

    private static CommentForm ReadSubmission(IFormCollection form) =>
        new(form.Field("name"), form.Field("email"), form.Field("website"), form.Field("comment"))
        {
            ReplyTo = form.Field("answers"),
            Token = form.Field("token"),
            WantsReplies = form.Field(CommentFormView.Replies).Length > 0,
            Honeypot = form.Field(CommentFormView.Trap),
        };

    /// <summary>
    /// Returns the form with a preview of the text, or with the problem of the text. Problems of other fields are not
    /// shown: they may be empty in a preview.
    /// </summary>
    private static CommentFormView CreatePreview(CommentForm submitted)
    {
        _ = submitted.TryValidate(out _, out var problems);
        var form = CommentFormView.From(submitted);
        return problems.TryGetValue("comment", out var problem)
            ? form with
            {
                Problems = new Dictionary<string, TextReference> { ["comment"] = problem },
            }
            : form with
            {
                PreviewHtml = CommentMarkdown.ToHtml(submitted.Normalized.Text),
            };
    }

    /// <summary>Renders the first page of the post with the form as submitted.</summary>
    private async Task<IResult> RenderFormAsync(
        Post post,
        CommentFormView form,
        int status,
        CancellationToken cancellationToken
    ) =>
        await pages.RenderAsync(
            post.Id,
            CommentsPage.First,
            await visitors.WithQuoteAsync(form, post.Id, cancellationToken),
            receipt: null,
            cancellationToken
        )
            is { } page
            ? new PrivateResult(page, status)
            : await responder.NotFoundAsync(cancellationToken);
}

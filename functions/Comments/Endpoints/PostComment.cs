using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>POST /posts/{id}/comments: keeps a reader's comment and has it judged later; or, with act=preview, shows it to its writer and keeps nothing.</summary>
public sealed class PostComment(
    PostTable posts,
    CommentSubmission submission,
    SignedLinks links,
    PostPageRenderer pages,
    PageResponder responder
)
{
    /// <summary>All fields at their limits, with every character escaped, fit several times.</summary>
    private const int MaxFormBytes = 128 * 1024;

    /// <param name="request">The form; its route value is the post's id.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    [Function(nameof(PostComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts/{id}/comments")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            !PostId.TryParse(request.RouteValues["id"] as string, out var id)
            || await posts.FindPatientlyAsync(id, cancellationToken)
                is not { Value: { State: PostState.Published } post }
        )
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        if (!request.HasFormContentType)
        {
            return await responder.SayAsync(
                StatusCodes.Status415UnsupportedMediaType,
                "no-form.title",
                "no-form.sentence",
                cancellationToken
            );
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var submitted = OfferIn(form);
        if (form["act"] == "preview" && post.TakesComments)
        {
            return await AgainAsync(post, PreviewOf(submitted), StatusCodes.Status200OK, cancellationToken);
        }

        var result = await submission.SubmitAsync(
            post,
            submitted,
            request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            cancellationToken
        );
        if (result.Comment is { } comment)
        {
            var number = await pages.NumberOfAsync(comment, cancellationToken);
            return new SeeOther(
                $"{PostPageRenderer.LinkTo(post.Path, number)}?receipt={links.Sign(LinkAction.Receipt, comment)}#receipt"
            );
        }

        if (result.Wait > TimeSpan.Zero)
        {
            request.HttpContext.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(result.Wait.TotalSeconds)}";
        }

        return await AgainAsync(
            post,
            CommentFormView.From(submitted) with
            {
                Problems = result.Problems,
            },
            StatusOf(result.Error),
            cancellationToken
        );
    }

    private static int StatusOf(SubmissionError error) =>
        error switch
        {
            SubmissionError.Closed => StatusCodes.Status403Forbidden,
            SubmissionError.TooSoon => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status400BadRequest,
        };

    private static CommentForm OfferIn(IFormCollection form) =>
        new(form.Field("name"), form.Field("email"), form.Field("website"), form.Field("comment"))
        {
            Answers = form.Field("answers"),
            Token = form.Field("token"),
            Trap = form.Field(CommentFormView.Trap),
        };

    /// <summary>The form with what its text will look like, or with what is wrong with the text; the other fields may still be empty.</summary>
    private static CommentFormView PreviewOf(CommentForm submitted)
    {
        _ = submitted.TryAccept(out _, out var problems);
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

    /// <summary>The page with the form as it was sent.</summary>
    private async Task<IResult> AgainAsync(
        Post post,
        CommentFormView form,
        int status,
        CancellationToken cancellationToken
    ) =>
        await pages.RenderAsync(post.Id, 1, form, receipt: null, cancellationToken) is { } page
            ? new PrivateResult(page, status)
            : await responder.NotFoundAsync(cancellationToken);
}

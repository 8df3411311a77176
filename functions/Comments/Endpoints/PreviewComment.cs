using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>POST /api/preview: a comment's text as it will look, for the page's script. Keeps nothing.</summary>
public sealed class PreviewComment(PageResponder responder, SiteLayoutProvider layouts)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">A form with the field comment.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    [Function(nameof(PreviewComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/preview")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
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
        var submitted = new CommentForm("", "", "", form.Field("comment")).Normalized;
        PrivateResult.MarkPrivate(request.HttpContext.Response);
        return submitted.Text.Length <= CommentForm.MaxText && CommentMarkdown.TryToHtml(submitted.Text, out var html)
            ? Results.Text(html) // as text: opened by itself, it is no page
            : Results.Text(
                (await layouts.CurrentAsync(cancellationToken)).Layout.Texts["wrong.preview"],
                statusCode: StatusCodes.Status400BadRequest
            );
    }
}

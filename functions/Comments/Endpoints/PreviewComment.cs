using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>POST /api/preview: renders the text of a comment for the page's script. Stores nothing.</summary>
public sealed class PreviewComment(SiteLayoutProvider layouts)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">A form with the field comment.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(PreviewComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/preview")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken, allowsNul: true);
        var text = form.Field("comment");
        var submitted = new CommentForm("", "", "", text).Normalized;
        PrivateResult.MarkPrivate(request.HttpContext.Response);
        return
            !text.Contains('\0')
            && submitted.Text.Length <= CommentForm.MaxText
            && CommentMarkdown.TryToHtml(submitted.Text, out var html)
            ? Results.Text(html) // text/plain: a browser that opens the address directly must not show it as a page
            : Results.Text(
                (await layouts.CurrentAsync(cancellationToken)).Layout.Texts["wrong.preview"],
                statusCode: StatusCodes.Status400BadRequest
            );
    }
}

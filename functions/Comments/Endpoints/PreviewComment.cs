using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>POST /api/preview: a comment's text as it will look, for the page's script. Keeps nothing.</summary>
public sealed class PreviewComment(Front front, Frames frames)
{
    private const int MaxFormBytes = 64 * 1024;

    /// <param name="request">A form with the field comment.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    [Function(nameof(PreviewComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/preview")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return await front.SayAsync(StatusCodes.Status415UnsupportedMediaType, "no-form.title", "no-form.sentence", cancellationToken);
        }

        var form = await Forms.ReadAsync(request, MaxFormBytes, cancellationToken);
        var offer = new CommentOffer("", "", "", form.Field("comment")).Tidied;
        PrivateAnswer.MarkPrivate(request.HttpContext.Response);
        return offer.Text.Length <= CommentOffer.MaxText && CommentMarkdown.TryToHtml(offer.Text, out var html)
            ? Results.Text(html) // as text: opened by itself, it is no page
            : Results.Text((await frames.CurrentAsync(cancellationToken)).Frame.Texts["wrong.preview"], statusCode: StatusCodes.Status400BadRequest);
    }
}

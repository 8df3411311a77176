using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Posts;

/// <summary>GET /moderate/posts/edit?name=...: a post's file in a form, or an empty one. POST saves, previews, or takes a file beside it, as its button says.</summary>
public sealed class EditPost(
    AdminAuthentication authentication,
    PostEditorPageRenderer pages,
    PostEditor editor,
    PageResponder responder
)
{
    /// <summary>Room for a text and a file over their limits: so what was typed comes back, with a word of it. A file waits on the disk, not in memory.</summary>
    private const int MaxFormBytes = 64 * 1024 * 1024;

    /// <param name="request">The request; a POST has the fields name, version, text, file and act.</param>
    /// <param name="cancellationToken">The author has gone; it may have been saved.</param>
    [Function(nameof(EditPost))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.EditPostRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
            {
                if (HttpMethods.IsPost(request.Method))
                {
                    return await DoAsync(
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        cancellationToken
                    );
                }

                if (request.Query["name"].ToString() is not { Length: > 0 } asked)
                {
                    return await pages.FormAsync(PostEditorForm.Empty, new EditorMessages(), cancellationToken);
                }

                return (
                    PostFileName.TryParse(asked, out var name) ? await pages.OpenAsync(name, cancellationToken) : null
                ) ?? await responder.NotFoundAsync(cancellationToken);
            },
            cancellationToken
        );

    private async Task<IResult> DoAsync(IFormCollection sent, CancellationToken cancellationToken)
    {
        var file = sent.Files.GetFile("file");
        await using var content = file?.OpenReadStream();
        var form = new PostEditorForm(
            sent.Field("name").Trim(),
            sent.Field("version"),
            EditableText.OfForm(sent.Field("text"))
        );
        var beside = file is null ? null : new SentFile(file.FileName, content!);
        var result = await editor.DoAsync(
            new PostEditorRequest(form, ActOf(sent.Field("act")), beside),
            cancellationToken
        );
        return result.Outcome == EditOutcome.Saved
            ? new SeeOther(AdminPaths.EditPostNamed(result.Form.Name))
            : await pages.FormAsync(result.Form, result.Messages, cancellationToken, StatusOf(result.Outcome));
    }

    private static EditorAction ActOf(string button) =>
        button switch
        {
            "add" => EditorAction.Add,
            "preview" => EditorAction.Preview,
            _ => EditorAction.Save,
        };

    private static int StatusOf(EditOutcome outcome) =>
        outcome switch
        {
            EditOutcome.Refused => StatusCodes.Status400BadRequest,
            EditOutcome.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status200OK,
        };
}

using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Posts;

/// <summary>
/// GET /moderate/posts/edit?name=...: the editor with a post's file; without name, with an empty form. POST saves the
/// text, previews it or uploads a file, by its field act.
/// </summary>
public sealed class EditPost(
    AdminAuthentication authentication,
    PostEditorPageRenderer pages,
    PostEditor editor,
    PageResponder responder
)
{
    /// <summary>
    /// More than the limits of text and file together: a form over one of them is shown again with its text and an
    /// error message instead of being refused unread. ASP.NET Core buffers a large file on disk, not in memory.
    /// </summary>
    private const int MaxFormBytes = 64 * 1024 * 1024;

    private const string Insert = "insert";

    /// <param name="request">
    /// The request; a POST has the fields name, version, text, file, act and, for a file in fields, the others of
    /// <see cref="PostEditorForm.Read"/>.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client disconnects; the file may be saved by then.</param>
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
                    return await HandleAsync(
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        cancellationToken
                    );
                }

                if (request.Query["name"].ToString() is not { Length: > 0 } query)
                {
                    return await pages.FormAsync(PostEditorForm.Empty, new EditorMessages(), cancellationToken);
                }

                return (
                    PostFileName.TryParse(query, out var name) ? await pages.OpenAsync(name, cancellationToken) : null
                ) ?? await responder.NotFoundAsync(cancellationToken);
            },
            cancellationToken
        );

    private async Task<IResult> HandleAsync(IFormCollection fields, CancellationToken cancellationToken)
    {
        var file = fields.Files.GetFile("file");
        await using var content = file?.OpenReadStream();
        var sentFile = file is null ? null : new SentFile(file.FileName, content!);
        if (fields.Field("act") == Insert)
        {
            return await InsertAsync(sentFile, cancellationToken);
        }

        var action = ParseAction(fields.Field("act"));
        var form = PostEditorForm.Read(name => fields.ContainsKey(name) ? fields.Field(name) : null, action);
        var result = await editor.HandleAsync(new PostEditorRequest(form, action, sentFile), cancellationToken);
        if (result.Outcome != EditOutcome.Saved)
        {
            return await pages.FormAsync(result.Form, result.Messages, cancellationToken, StatusOf(result.Outcome));
        }

        await pages.WaitForReportAsync(result.Form, cancellationToken);
        return new SeeOther(AdminPaths.EditPostNamed(result.Form.Name));
    }

    /// <summary>
    /// For the script: stores a file, and returns the Markdown that shows it; with 400 the reason why it was refused.
    /// </summary>
    private async Task<IResult> InsertAsync(SentFile? file, CancellationToken cancellationToken)
    {
        var (markdown, problem) = await editor.InsertAsync(file, cancellationToken);
        return TypedResults.Text(
            markdown ?? problem,
            statusCode: markdown is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
        );
    }

    private static EditorAction ParseAction(string value) =>
        value switch
        {
            "add" => EditorAction.Add,
            "preview" => EditorAction.Preview,
            "draft" => EditorAction.SaveDraft,
            "publish" => EditorAction.Publish,
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

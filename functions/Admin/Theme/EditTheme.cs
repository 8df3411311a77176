using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Theme;

/// <summary>
/// GET /moderate/theme/{file}: a theme file as text, the stylesheet with a preview. POST, by its field act:
/// <c>preview</c> checks and shows the text, <c>save</c> saves it.
/// </summary>
public sealed class EditTheme(
    AdminAuthentication authentication,
    ThemeEditor editor,
    ThemePageRenderer pages,
    PageResponder responder
)
{
    /// <summary>More than the limit of a file, which is answered with a message.</summary>
    private const int MaxFormBytes = 16 * ThemeFiles.MaxTextsBytes;

    /// <param name="request">The request; a POST has the fields version, text and act.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects; the file may be saved by then.</param>
    [Function(nameof(EditTheme))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.ThemeRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
            {
                if (request.RouteValues["file"] is not string name || !ThemeFiles.Names.Contains(name))
                {
                    return await responder.NotFoundAsync(cancellationToken);
                }

                return HttpMethods.IsPost(request.Method)
                    ? await ActAsync(
                        name,
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        cancellationToken
                    )
                    : await pages.OpenAsync(name, cancellationToken);
            },
            cancellationToken
        );

    private async Task<IResult> ActAsync(string file, IFormCollection form, CancellationToken cancellationToken)
    {
        var sent = new ThemeText(file, form.Field("version"), EditableText.FromForm(form.Field("text")));
        if (form.Field("act") != "save")
        {
            var checkedText = await editor.CheckAsync(sent, cancellationToken);
            return await pages.FormAsync(sent, checkedText with { IsPreview = true }, cancellationToken);
        }

        var (version, text, messages) = await editor.SaveAsync(sent, cancellationToken);
        if (version is null)
        {
            return await pages.FormAsync(text, messages, cancellationToken);
        }

        await pages.WaitForReportAsync(file, version, cancellationToken);
        return new SeeOther(AdminPaths.ThemeFile(file));
    }
}

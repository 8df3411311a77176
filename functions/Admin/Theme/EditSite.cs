using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Theme;

/// <summary>
/// GET /moderate/site/edit: what <c>theme/site.yml</c> says about the blog, in fields. POST saves the fields that were
/// changed.
/// </summary>
public sealed class EditSite(AdminAuthentication authentication, SiteEditor editor, SitePageRenderer pages)
{
    /// <summary>Two pictures and the fields; more than the limits of each, which are answered with a message.</summary>
    private const int MaxFormBytes = 64 * 1024 * 1024;

    /// <param name="request">
    /// The request; a POST has the fields of <see cref="EditableSite.Names"/> after <see cref="SiteForm.Prefix"/>,
    /// <c>before</c> with the file that the form was made of, and the files <c>profile-logo-file</c> and
    /// <c>profile-icon-file</c>.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client disconnects; the file may be saved by then.</param>
    [Function(nameof(EditSite))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.SiteRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
                HttpMethods.IsPost(request.Method)
                    ? await SaveAsync(
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        cancellationToken
                    )
                    : await pages.OpenAsync(cancellationToken),
            cancellationToken
        );

    private async Task<IResult> SaveAsync(IFormCollection sent, CancellationToken cancellationToken)
    {
        var form = new SiteForm(
            EditableText.FromForm(sent.Field("before")),
            EditableSite.Names.ToDictionary(
                name => name,
                name => EditableText.FromForm(sent.Field(SiteForm.Prefix + name)).Trim()
            )
        );
        foreach (var file in sent.Files.Where(file => file.Length > 0))
        {
            await using var content = file.OpenReadStream();
            form = await editor.AddPictureAsync(form, file.Name, file.FileName, content, cancellationToken);
        }

        var result = await editor.SaveAsync(form, cancellationToken);
        if (result.SavedVersion is { } version)
        {
            await pages.WaitForReportAsync(ThemeFiles.SiteFile, version, cancellationToken);
            return new SeeOther(AdminPaths.Site);
        }

        return await pages.FormAsync(result, cancellationToken);
    }
}

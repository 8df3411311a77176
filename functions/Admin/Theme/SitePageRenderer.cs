using ServerlessBlog.Media;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Theme;

/// <summary>Renders the site page.</summary>
public sealed class SitePageRenderer(ThemeFiles theme, ThemeCheck check, ReportFiles reports, AdminPageResults results)
{
    /// <summary>
    /// The form with what the file says now. A file that the fields cannot show without loss is edited as text.
    /// </summary>
    public async Task<IResult> OpenAsync(CancellationToken cancellationToken)
    {
        var file = await theme.FindAsync(ThemeFiles.SiteFile, cancellationToken);
        var text = file is null ? "" : ThemeText.Decode(ThemeFiles.SiteFile, file.Bytes);
        if (text is null || EditableSite.TrySplit(text) is not { } site)
        {
            return new SeeOther(AdminPaths.ThemeFile(ThemeFiles.SiteFile));
        }

        var (_, notes) = await check.CheckAsync(ThemeFiles.PathOf(ThemeFiles.SiteFile), text, cancellationToken);
        var state = await StateAsync(ThemeFiles.SiteFile, file?.Version, cancellationToken);
        return await results.PageAsync(
            layout => SitePage.Create(new SiteView(layout, SiteForm.From(text, site), notes, state)),
            cancellationToken
        );
    }

    /// <summary>The form with the messages of an attempt to save it.</summary>
    public Task<IResult> FormAsync(SiteSaveResult result, CancellationToken cancellationToken) =>
        results.PageAsync(
            layout => SitePage.Create(new SiteView(layout, result.Form, [], ThemeFileState.Unsaved)),
            cancellationToken,
            result.IsConflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest
        );

    /// <summary>Waits until a saved file has its report, at most 2 s.</summary>
    public Task WaitForReportAsync(string file, string version, CancellationToken cancellationToken) =>
        reports.WaitAsync(SourceOf(file), version, cancellationToken);

    /// <summary>Whether pages show a version of a theme file yet.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="version">ETag of the file; null when there is none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<ThemeFileState> StateAsync(string file, string? version, CancellationToken cancellationToken) =>
        version is null ? ThemeFileState.Missing
        : await reports.FindAsync(SourceOf(file), cancellationToken) is not { } report ? ThemeFileState.Unknown
        : report.SourceVersion == version ? ThemeFileState.Published
        : ThemeFileState.Pending;

    private static string SourceOf(string file) =>
        UploadReport.SourceFor(StorageNames.Media, ThemeFiles.PathOf(file).Name);
}

/// <summary>Whether pages show a theme file.</summary>
public enum ThemeFileState
{
    /// <summary>The form is not saved.</summary>
    Unsaved,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>There is no report on the file; reports are deleted after 90 days.</summary>
    Unknown,

    /// <summary>The file is saved, and its report is on an earlier version.</summary>
    Pending,

    /// <summary>Pages show the file.</summary>
    Published,
}

using ServerlessBlog.Media;

namespace ServerlessBlog.Admin.Theme;

/// <summary>Renders the page of a theme file.</summary>
public sealed class ThemePageRenderer(
    ThemeFiles theme,
    ThemeEditor editor,
    ThemePreview preview,
    SitePageRenderer sitePages,
    AdminPageResults results
)
{
    /// <summary>The form with the file as it is now.</summary>
    public async Task<IResult> OpenAsync(string file, CancellationToken cancellationToken)
    {
        var found = await theme.FindAsync(file, cancellationToken);
        if ((found is null ? "" : ThemeText.Decode(file, found.Bytes)) is not { } text)
        {
            return await results.NotEditableAsync(file, ThemeFiles.MaxBytesOf(file), cancellationToken);
        }

        var shown = new ThemeText(file, found?.Version ?? "", text);
        var messages = await editor.CheckAsync(shown, cancellationToken);
        var state = await sitePages.StateAsync(file, found?.Version, cancellationToken);
        return await RenderAsync(
            shown,
            messages with
            {
                Problem = null,
            },
            state,
            StatusCodes.Status200OK,
            cancellationToken
        );
    }

    /// <summary>The form with a text that is not saved.</summary>
    public Task<IResult> FormAsync(ThemeText text, ThemeMessages messages, CancellationToken cancellationToken) =>
        RenderAsync(
            text,
            messages,
            ThemeFileState.Unsaved,
            messages switch
            {
                { ConflictingText: not null } => StatusCodes.Status409Conflict,
                { Problem: not null } => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status200OK,
            },
            cancellationToken
        );

    /// <summary>Waits until a saved file has its report, at most 2 s.</summary>
    public Task WaitForReportAsync(string file, string version, CancellationToken cancellationToken) =>
        sitePages.WaitForReportAsync(file, version, cancellationToken);

    private async Task<IResult> RenderAsync(
        ThemeText text,
        ThemeMessages messages,
        ThemeFileState state,
        int status,
        CancellationToken cancellationToken
    )
    {
        var frames =
            text.File == ThemeFiles.StyleFile && messages.Problem is null
                ? await preview.RenderAsync(text.Text, cancellationToken)
                : [];
        return await results.PageAsync(
            site => ThemePage.Create(new ThemeView(site, text, messages, state, frames)),
            cancellationToken,
            status
        );
    }
}

using ServerlessBlog.Media;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Publishes, refuses or withdraws one file of the author's media (a picture, a file of the theme, a download)
/// according to the blob's present state, and writes its report. Idempotent; duplicate and reordered calls are safe.
/// </summary>
public sealed class MediaPublisher(
    MediaFiles files,
    PictureVariants pictures,
    PictureFiles variantFiles,
    ReportFiles reports,
    SiteTable site,
    ThemeCheck theme,
    BlogSettings settings
)
{
    /// <summary>
    /// Processes the file as it is now. Repeats until the blob has not changed since it was read, so the last report is
    /// never about an older version.
    /// </summary>
    public async Task PublishAsync(MediaPath path, CancellationToken cancellationToken)
    {
        UploadReport report;
        do
        {
            var info = await files.FindAsync(path, cancellationToken);
            report = await ProcessAsync(path, info, cancellationToken);
            await variantFiles.DeleteAsync(path, keep: info?.Version, cancellationToken);
            if (path.IsTheme || path.TypeByName?.StartsWith("image/", StringComparison.Ordinal) is not false)
            {
                await site.RaiseAsync(cancellationToken);
            }

            await reports.WriteAsync(report, cancellationToken);
        } while (
            report.SourceVersion != ((await files.FindAsync(path, cancellationToken))?.Version ?? UploadReport.NoSource)
        );
    }

    private async Task<UploadReport> ProcessAsync(MediaPath path, MediaInfo? info, CancellationToken cancellationToken)
    {
        if (info is null)
        {
            return new UploadReport(
                UploadReport.SourceFor(path.Container, path.Name),
                UploadReport.NoSource,
                UploadOutcome.Withdrawn,
                ["The file is deleted."]
            );
        }

        if (path.IsMarkdown)
        {
            return Refused(path, info, "Markdown is the source of a post, and not served: put it into 'posts'.");
        }

        if (path.IsTheme)
        {
            return await ProcessThemeFileAsync(path, info, cancellationToken);
        }

        var photo = info.IsPhoto ? await pictures.FindAsync(path, info, cancellationToken) : null;
        return photo switch
        {
            { Problem: { } problem } => Refused(path, info, problem),
            { Picture: { } picture } => Published(
                path,
                info,
                [
                    settings.BaseUrl + path.Link,
                    $"{picture.Width} × {picture.Height} pixels; what the camera wrote into the file is left out.",
                ]
            ),
            _ => Published(path, info, LinesFor(path)),
        };
    }

    private async Task<UploadReport> ProcessThemeFileAsync(
        MediaPath path,
        MediaInfo info,
        CancellationToken cancellationToken
    )
    {
        if (ThemeFiles.NameOf(path) is null)
        {
            return Published(path, info, LinesFor(path));
        }

        if (ThemeCheck.FindSizeProblem(ThemeFiles.NameOf(path)!, info.Length) is { } tooLarge)
        {
            return Refused(path, info, tooLarge);
        }

        var bytes = await files.ReadAsync(path, info, cancellationToken) ?? [];
        var (problem, notes) = await theme.CheckAsync(path, Encoding.UTF8.GetString(bytes), cancellationToken);
        return problem is null
            ? Published(path, info, [settings.BaseUrl + path.Link, .. notes])
            : Refused(path, info, problem);
    }

    private string[] LinesFor(MediaPath path) =>
        ThemeCheck.FindMistake(path) is { } mistake
            ? [settings.BaseUrl + path.Link, mistake]
            : [settings.BaseUrl + path.Link];

    private static UploadReport Published(MediaPath path, MediaInfo info, IReadOnlyList<string> lines) =>
        new(UploadReport.SourceFor(path.Container, path.Name), info.Version, UploadOutcome.Published, lines);

    private static UploadReport Refused(MediaPath path, MediaInfo info, string problem) =>
        new(UploadReport.SourceFor(path.Container, path.Name), info.Version, UploadOutcome.Refused, [problem]);
}

using System.Text;
using ServerlessBlog.Media;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Brings the blog to what a picture, a theme's file or any other file of the author's media is now, and reports. May be asked any number of times, in any order.</summary>
public sealed class MediaPublisher(
    MediaFiles files,
    PictureVariants pictures,
    PictureFiles made,
    ReportFiles reports,
    SiteTable site,
    ContentPolicyLinter linter,
    BlogSettings settings
)
{
    /// <summary>Publishes, refuses or takes down the file, and reports.</summary>
    public async Task PublishAsync(MediaPath path, CancellationToken cancellationToken)
    {
        UploadReport report;
        do
        {
            var info = await files.FindAsync(path, cancellationToken);
            report = await ReportAsync(path, info, cancellationToken);
            await made.ForgetAsync(path, keep: info?.Version, cancellationToken);
            if (path.IsTheme || path.TypeByName?.StartsWith("image/", StringComparison.Ordinal) is not false)
            {
                await site.RaiseAsync(cancellationToken);
            }

            await reports.WriteAsync(report, cancellationToken);
        } while (
            report.SourceVersion != ((await files.FindAsync(path, cancellationToken))?.Version ?? UploadReport.NoSource)
        );
    }

    private async Task<UploadReport> ReportAsync(MediaPath path, MediaInfo? info, CancellationToken cancellationToken)
    {
        if (info is null)
        {
            return new UploadReport(
                UploadReport.SourceOf(path.Container, path.Name),
                UploadReport.NoSource,
                UploadOutcome.Withdrawn,
                ["The file is deleted."]
            );
        }

        if (path.IsTheme)
        {
            return await ReportOnThemeAsync(path, info, cancellationToken);
        }

        var found = info.IsPhoto ? await pictures.FindAsync(path, info, cancellationToken) : null;
        return found switch
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
            _ => Published(path, info, [settings.BaseUrl + path.Link]),
        };
    }

    private async Task<UploadReport> ReportOnThemeAsync(
        MediaPath path,
        MediaInfo info,
        CancellationToken cancellationToken
    )
    {
        if (ThemeFiles.IsPart(path) && info.Length > ThemeFiles.MaxBytes)
        {
            return Refused(
                path,
                info,
                $"the file has {info.Length:N0} bytes: keep at most {ThemeFiles.MaxBytes:N0} (64 KiB)."
            );
        }

        var text =
            ThemeFiles.IsHead(path) || ThemeFiles.IsTexts(path)
                ? await files.ReadAsync(path, info, cancellationToken)
                : null;
        var (problem, notes) = text is null ? (null, []) : NotesOn(path, Encoding.UTF8.GetString(text));
        return problem is null
            ? Published(path, info, [settings.BaseUrl + path.Link, .. notes])
            : Refused(path, info, problem);
    }

    private (string? Problem, IReadOnlyList<string> Notes) NotesOn(MediaPath path, string text)
    {
        if (ThemeFiles.IsHead(path))
        {
            return (null, linter.Lint($"<!DOCTYPE html><head>{text}", isHead: true));
        }

        var overrides = TextOverrides.Read(text);
        return (overrides.Problem, overrides.Notes);
    }

    private static UploadReport Published(MediaPath path, MediaInfo info, IReadOnlyList<string> lines) =>
        new(UploadReport.SourceOf(path.Container, path.Name), info.Version, UploadOutcome.Published, lines);

    private static UploadReport Refused(MediaPath path, MediaInfo info, string problem) =>
        new(UploadReport.SourceOf(path.Container, path.Name), info.Version, UploadOutcome.Refused, [problem]);
}

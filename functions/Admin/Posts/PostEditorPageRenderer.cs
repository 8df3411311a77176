using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Makes the pages of the desk on which posts are written.</summary>
public sealed class PostEditorPageRenderer(
    UploadFiles uploads,
    PostTable posts,
    ReportFiles reports,
    AdminPageResults results,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>A report that is missing for so long has been there, and was deleted for its age; infra does that after 90 days.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);

    /// <summary>A part of the list of files.</summary>
    /// <param name="beginning">How their names begin; empty for any.</param>
    /// <param name="after">What the part before has named; null for the first part.</param>
    /// <param name="cancellationToken">The author has gone.</param>
    public async Task<IResult> ListAsync(string beginning, string? after, CancellationToken cancellationToken)
    {
        var part = await uploads.ListAsync(beginning, after, cancellationToken);
        return await results.PageAsync(
            site =>
                PostFilesPage.Create(
                    new PostFilesView(
                        site,
                        beginning,
                        [.. part.Files.Select(file => file with { Time = settings.Local(file.Time) })],
                        part.After is null
                            ? null
                            : $"{AdminPaths.Posts}?q={Uri.EscapeDataString(beginning)}&after={Uri.EscapeDataString(part.After)}"
                    )
                ),
            cancellationToken
        );
    }

    /// <summary>The form, as it was sent or is to be filled in.</summary>
    public Task<IResult> FormAsync(
        PostEditorForm form,
        EditorMessages messages,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    ) =>
        results.PageAsync(
            site => PostEditorPage.Create(new PostEditorView(site, form, messages)),
            cancellationToken,
            status
        );

    /// <summary>A file as it is now, with what has become of it. Null when there is none.</summary>
    public async Task<IResult?> OpenAsync(PostFileName name, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(name.ToString(), cancellationToken) is not { } upload)
        {
            return null;
        }

        return EditableText.Decode(upload.Bytes) is { } text
            ? await FormAsync(
                new PostEditorForm(name.ToString(), upload.Version, text),
                new EditorMessages { State = await StateAsync(name, upload, cancellationToken) },
                cancellationToken
            )
            : await results.SayAsync(
                StatusCodes.Status200OK,
                name.ToString(),
                "This file cannot be edited in a browser: it has more than 1 MiB, is not UTF-8, or has control characters in it. Upload a better one.",
                cancellationToken
            );
    }

    /// <summary>The report on exactly this version, which is written when all is done; or what the post says when reports of its age are gone.</summary>
    private async Task<PublishStateView> StateAsync(
        PostFileName name,
        Upload upload,
        CancellationToken cancellationToken
    )
    {
        var (finding, report) = (
            posts.FindAsync(PostId.OfFile(name.ToString()), cancellationToken),
            await reports.FindAsync(name.ToString(), cancellationToken)
        );
        var post = (await finding)?.Value;
        var link = post?.State == PostState.Published ? LinkView.To(post) : null;
        if (report?.SourceVersion == upload.Version)
        {
            return report.Outcome == UploadOutcome.Published
                ? new PublishStateView("Published.", [.. report.Lines.Skip(1)], link)
                : new PublishStateView($"{report.Outcome}.", report.Lines, link);
        }

        return report is null && post?.SourceVersion == upload.Version && clock.GetUtcNow() - upload.Time > LongAgo
            ? new PublishStateView($"{post.State}.", [], link)
            : new PublishStateView(
                "Saved, and being published now.",
                [],
                new LinkView("Refresh", AdminPaths.EditPostNamed(name.ToString()))
            );
    }
}

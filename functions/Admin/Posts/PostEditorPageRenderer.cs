using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Renders the post editor.</summary>
public sealed class PostEditorPageRenderer(
    UploadFiles uploads,
    PostTable posts,
    ReportFiles reports,
    AdminPageResults results,
    TimeProvider clock
)
{
    /// <summary>
    /// Age of an upload from which a missing report counts as deleted rather than not written yet: 1 day. The storage
    /// account deletes reports after 90 days (see infra).
    /// </summary>
    private static readonly TimeSpan ReportIsOverdue = TimeSpan.FromDays(1);

    /// <summary>The editor with a form.</summary>
    /// <param name="form">Values of the fields.</param>
    /// <param name="messages">Messages beside the form.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="status">HTTP status code.</param>
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

    /// <summary>
    /// The editor with the current file and its state of publishing. Null when the file does not exist.
    /// </summary>
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
            : await results.NotEditableAsync(name.ToString(), PostFile.MaxBytes, cancellationToken);
    }

    /// <summary>
    /// Waits until the saved file has its report, at most 2 s: the page that is shown then has the link to the post.
    /// </summary>
    public Task WaitForReportAsync(PostEditorForm saved, CancellationToken cancellationToken) =>
        reports.WaitAsync(saved.Name, saved.Version, cancellationToken);

    private async Task<Post?> FindPostAsync(PostFileName name, CancellationToken cancellationToken)
    {
        var id = await posts.FindIdAsync(name.ToString(), cancellationToken);
        var post = (await posts.FindAsync(id, cancellationToken))?.Value;
        return post?.Source == name.ToString() ? post : null;
    }

    /// <summary>
    /// State from the report on this version of the file, which is written last; from the post when the report was
    /// deleted for its age; else "being published".
    /// </summary>
    private async Task<PublishStateView> StateAsync(
        PostFileName name,
        Upload upload,
        CancellationToken cancellationToken
    )
    {
        var (postTask, report) = (
            FindPostAsync(name, cancellationToken),
            await reports.FindAsync(name.ToString(), cancellationToken)
        );
        var (post, texts) = (await postTask, await results.TextsAsync(cancellationToken));
        var link = post?.State == PostState.Published ? LinkView.ToPost(post, texts) : null;
        var details = post is null ? null : new LinkView(texts["admin.post-details"], AdminPaths.Post($"{post.Id}"));
        if (report?.SourceVersion == upload.Version)
        {
            return report.Outcome == UploadOutcome.Published
                ? new PublishStateView(SentenceFor(texts, report.Outcome), [.. report.Lines.Skip(1)], link, details)
                : new PublishStateView(SentenceFor(texts, report.Outcome), report.Lines, link, details);
        }

        return
            report is null && post?.SourceVersion == upload.Version && clock.GetUtcNow() - upload.Time > ReportIsOverdue
            ? new PublishStateView(SentenceFor(texts, OutcomeOf(post)), [], link, details)
            : new PublishStateView(
                texts["admin.publishing"],
                [],
                new LinkView(texts["admin.refresh"], AdminPaths.EditPostNamed(name.ToString())),
                IsPending: true
            );
    }

    private static string SentenceFor(SiteTexts texts, UploadOutcome outcome) =>
        texts[$"admin.outcome-{outcome.ToWord()}"];

    private static UploadOutcome OutcomeOf(Post post) =>
        post.State switch
        {
            PostState.Published => UploadOutcome.Published,
            PostState.Scheduled => UploadOutcome.Scheduled,
            PostState.Draft => UploadOutcome.Draft,
            _ => UploadOutcome.Withdrawn,
        };
}

using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Admin.Posts;

/// <summary>
/// Saves, previews and uploads files for the post editor. The result always has the form as it was sent: what an author
/// typed is never lost.
/// </summary>
public sealed class PostEditor(
    PostValidator validator,
    UploadFiles uploads,
    MediaUploads media,
    PostBodyLoader bodies,
    SiteTextsProvider words,
    BlogSettings settings
)
{
    /// <summary>
    /// Uploads the sent file, if there is one, and appends a line for it to the text; then saves or previews.
    /// </summary>
    public async Task<PostEditorResult> HandleAsync(PostEditorRequest request, CancellationToken cancellationToken)
    {
        var (form, messages) = (request.Form, new EditorMessages());
        var texts = await words.CurrentAsync(cancellationToken);
        if (request.File is { } file)
        {
            var upload = await media.StoreAsync(file.Name, file.Content, cancellationToken);
            if (upload.Path is not { } path)
            {
                return Refused(form, messages with { FileProblem = upload.Problem });
            }

            (form, messages) = (
                form.Append(MarkdownOf(path)),
                messages with
                {
                    Confirmation = texts.Format("editor.added", ("address", path.Link)),
                }
            );
        }

        return request switch
        {
            { Action: EditorAction.Add, File: null } => Refused(
                form,
                messages with
                {
                    FileProblem = texts["editor.no-file"],
                }
            ),
            { Action: EditorAction.Add } => new PostEditorResult(EditOutcome.Shown, form, messages),
            { Action: var action } => await CheckAsync(form, action, messages, texts, cancellationToken),
        };
    }

    /// <summary>Uploads a file. Returns the Markdown that shows it, or why it was refused.</summary>
    public async Task<(string? Markdown, string? Problem)> InsertAsync(
        SentFile? file,
        CancellationToken cancellationToken
    )
    {
        if (file is null)
        {
            return (null, (await words.CurrentAsync(cancellationToken))["editor.no-file"]);
        }

        var upload = await media.StoreAsync(file.Name, file.Content, cancellationToken);
        return upload.Path is { } path ? (MarkdownOf(path), null) : (null, upload.Problem);
    }

    /// <summary>Validates the text with the rules of publishing; then saves or previews it.</summary>
    private async Task<PostEditorResult> CheckAsync(
        PostEditorForm form,
        EditorAction action,
        EditorMessages messages,
        SiteTexts texts,
        CancellationToken cancellationToken
    )
    {
        var bytes = Encoding.UTF8.GetBytes(form.Text);
        var (name, problems) = NameOf(form, bytes, texts);
        if (problems is not null)
        {
            return Refused(form, problems with { Confirmation = messages.Confirmation });
        }

        var (file, _, problem) = await validator.CheckUnsavedAsync(name.ToString(), bytes, cancellationToken);
        if (file is null)
        {
            return Refused(form, messages with { TextProblem = problem!.ToString() });
        }

        if (action != EditorAction.Preview)
        {
            return await SaveAsync(form, name, bytes, messages, texts, cancellationToken);
        }

        var html = await bodies.PreviewAsync(name, file, cancellationToken);
        return new PostEditorResult(EditOutcome.Shown, form, messages with { PreviewHtml = html, Notes = file.Notes });
    }

    private async Task<PostEditorResult> SaveAsync(
        PostEditorForm form,
        PostFileName name,
        byte[] bytes,
        EditorMessages messages,
        SiteTexts texts,
        CancellationToken cancellationToken
    )
    {
        var named = form with { Name = name.ToString() };
        if (await uploads.WriteAsync(name, bytes, form.IsNew ? null : form.Version, cancellationToken) is { } version)
        {
            return new PostEditorResult(EditOutcome.Saved, named with { Version = version }, messages);
        }

        if (form.IsNew)
        {
            return Conflict(
                named,
                messages with
                {
                    NameProblem = texts.Format("editor.taken", ("name", name.ToString())),
                }
            );
        }

        // The form gets the current version: the author sees the other text on this page; saving again overwrites it.
        var now = await uploads.FindAsync(name.ToString(), cancellationToken);
        return now is null
            ? Conflict(form with { Version = "" }, messages with { NameProblem = texts["editor.deleted"] })
            : Conflict(
                form with
                {
                    Version = now.Version,
                },
                messages with
                {
                    TextProblem = texts["editor.meanwhile"],
                    ConflictingText = EditableText.Decode(now.Bytes) ?? texts["editor.not-shown"],
                }
            );
    }

    private static PostEditorResult Refused(PostEditorForm form, EditorMessages messages) =>
        new(EditOutcome.Refused, form, messages);

    private static PostEditorResult Conflict(PostEditorForm form, EditorMessages messages) =>
        new(EditOutcome.Conflict, form, messages);

    /// <summary>
    /// The file name to save under: that of the file, the one typed, or one created from the title. With an error
    /// message when there is none.
    /// </summary>
    private (PostFileName Name, EditorMessages? Problem) NameOf(PostEditorForm form, byte[] bytes, SiteTexts texts)
    {
        if (!form.IsNew || form.Name.Length > 0)
        {
            var typed = PostFileName.HasPostExtension(form.Name) ? form.Name : form.Name + PostFileName.Extension;
            return PostFileName.TryParse(typed, out var name) && (!form.IsNew || name.IsUrlSafe)
                ? (name, null)
                : (default, new EditorMessages { NameProblem = texts["editor.bad-name"] });
        }

        if (!PostFile.TryRead("new.md", bytes, settings.TimeZone, out var file, out var problem))
        {
            return (default, new EditorMessages { TextProblem = problem.ToString() });
        }

        return PostFileName.TryFromTitle(file.Metadata.Title, out var fromTitle)
            ? (fromTitle, null)
            : (default, new EditorMessages { NameProblem = texts["editor.no-name"] });
    }

    private static string MarkdownOf(MediaPath path) =>
        path.TypeByName!.StartsWith("image/", StringComparison.Ordinal)
            ? $"![]({path.Link})"
            : $"[{path.Name}]({path.Link})";
}

using System.Text;
using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Does what an author wants done with the form that edits a post. Whatever is not done, what was typed comes back.</summary>
public sealed class PostEditor(
    PostValidator validator,
    UploadFiles uploads,
    MediaUploads media,
    PostBodyLoader bodies,
    BlogSettings settings
)
{
    /// <summary>Takes the file beside the text, if there is one; then does the rest, if that was not all.</summary>
    public async Task<PostEditorResult> DoAsync(PostEditorRequest request, CancellationToken cancellationToken)
    {
        var (form, messages) = (request.Form, new EditorMessages());
        if (request.File is { } file)
        {
            var taken = await media.TakeAsync(file.Name, file.Content, cancellationToken);
            if (taken.Path is not { } path)
            {
                return Refused(form, messages with { FileProblem = taken.Problem });
            }

            (form, messages) = (form.With(MarkdownOf(path)), messages with { Confirmation = DoneWith(path) });
        }

        return request switch
        {
            { Action: EditorAction.Add, File: null } => Refused(form, messages with { FileProblem = "Choose a file first." }),
            { Action: EditorAction.Add } => new PostEditorResult(EditOutcome.Shown, form, messages),
            { Action: var act } => await CheckAsync(form, act, messages, cancellationToken),
        };
    }

    /// <summary>Checks the text as publishing will; then shows or saves it.</summary>
    private async Task<PostEditorResult> CheckAsync(
        PostEditorForm form,
        EditorAction act,
        EditorMessages messages,
        CancellationToken cancellationToken
    )
    {
        var bytes = Encoding.UTF8.GetBytes(form.Text);
        var (name, problems) = NameOf(form, bytes);
        if (problems is not null)
        {
            return Refused(form, problems with { Confirmation = messages.Confirmation });
        }

        var (file, _, problem) = await validator.TryAsync(name.ToString(), bytes, cancellationToken);
        if (file is null)
        {
            return Refused(form, messages with { TextProblem = problem!.ToString() });
        }

        if (act == EditorAction.Save)
        {
            return await SaveAsync(form, name, bytes, messages, cancellationToken);
        }

        var html = await bodies.PreviewAsync(name, file, cancellationToken);
        return new PostEditorResult(EditOutcome.Shown, form, messages with { PreviewHtml = html, Notes = file.Notes });
    }

    private async Task<PostEditorResult> SaveAsync(
        PostEditorForm form,
        PostFileName name,
        byte[] bytes,
        EditorMessages messages,
        CancellationToken cancellationToken
    )
    {
        var named = form with { Name = name.ToString() };
        if (await uploads.WriteAsync(name, bytes, form.IsNew ? null : form.Version, cancellationToken) is not null)
        {
            return new PostEditorResult(EditOutcome.Saved, named, messages);
        }

        if (form.IsNew)
        {
            return Conflict(
                named,
                messages with
                {
                    NameProblem = $"There is a file {name} already: choose another name.",
                }
            );
        }

        // What comes back is for what the file is now: whoever saves it again has seen that.
        var now = await uploads.FindAsync(name.ToString(), cancellationToken);
        return now is null
            ? Conflict(
                form with
                {
                    Version = "",
                },
                messages with
                {
                    NameProblem = "Somebody has deleted this file meanwhile: save again to have it back.",
                }
            )
            : Conflict(
                form with
                {
                    Version = now.Version,
                },
                messages with
                {
                    TextProblem =
                        "Somebody has changed this file meanwhile. What it says now stands at the end of this page: take over what is to stay, and save again.",
                    ConflictingText = EditableText.Decode(now.Bytes) ?? "(It cannot be shown here.)",
                }
            );
    }

    private static PostEditorResult Refused(PostEditorForm form, EditorMessages messages) =>
        new(EditOutcome.Refused, form, messages);

    private static PostEditorResult Conflict(PostEditorForm form, EditorMessages messages) =>
        new(EditOutcome.Conflict, form, messages);

    /// <summary>The name to save under: what the file has, what was typed, or one made of the title. Or why there is none.</summary>
    private (PostFileName Name, EditorMessages? Problem) NameOf(PostEditorForm form, byte[] bytes)
    {
        if (!form.IsNew || form.Name.Length > 0)
        {
            var typed = form.Name.EndsWith(PostFileName.Ending, StringComparison.OrdinalIgnoreCase)
                ? form.Name
                : form.Name + PostFileName.Ending;
            return PostFileName.TryParse(typed, out var name) && (!form.IsNew || name.IsPlain)
                ? (name, null)
                : (
                    default,
                    new EditorMessages
                    {
                        NameProblem =
                            "A file's name has letters from a to z, digits, hyphens and, for folders, slashes between them: choose another.",
                    }
                );
        }

        if (!PostFile.TryRead("new.md", bytes, settings.TimeZone, out var file, out var problem))
        {
            return (default, new EditorMessages { TextProblem = problem.ToString() });
        }

        return PostFileName.TryOfTitle(file.Head.Title, out var made)
            ? (made, null)
            : (
                default,
                new EditorMessages { NameProblem = "No name can be made of this title: write one, such as my-post.md." }
            );
    }

    private static string DoneWith(MediaPath path) =>
        $"{path.Link} is uploaded, and a line for it is at the end of the text, which is not saved yet: move it, and write in its brackets what it shows.";

    private static string MarkdownOf(MediaPath path) =>
        path.TypeByName!.StartsWith("image/", StringComparison.Ordinal)
            ? $"![]({path.Link})"
            : $"[{path.Name}]({path.Link})";
}

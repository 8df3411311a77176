using System.Text;
using ServerlessBlog.Hosting;
using ServerlessBlog.Media;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Does what an author wants done with the form that edits a post. Whatever is not done, what was typed comes back.</summary>
public sealed class EditWork(PostCheck check, UploadFiles uploads, MediaIntake media, PostBodies bodies, EditPages pages, BlogSettings settings)
{
    /// <summary>Takes the file beside the text, if there is one; then does the rest, if that was not all.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="act">What the button says: add, preview, or anything else to save.</param>
    /// <param name="file">The file; null for none.</param>
    /// <param name="cancellationToken">The author has gone.</param>
    public async Task<IResult> DoAsync(EditForm form, string act, IFormFile? file, CancellationToken cancellationToken)
    {
        var news = new EditNews();
        if (file is not null)
        {
            await using var content = file.OpenReadStream();
            var taken = await media.TakeAsync(file.FileName, content, cancellationToken);
            if (taken.Path is not { } path)
            {
                return await RefuseAsync(form, news with { FileProblem = taken.Problem });
            }

            (form, news) = (form.With(MarkdownOf(path)), news with { Done = $"{path.Link} is uploaded, and a line for it is at the end of the text, which is not saved yet: move it, and write in its brackets what it shows." });
        }

        if (act == "add")
        {
            return file is null ? await RefuseAsync(form, news with { FileProblem = "Choose a file first." }) : await pages.FormAsync(form, news, cancellationToken);
        }

        return await TryAsync();

        Task<IResult> RefuseAsync(EditForm typed, EditNews why) => pages.FormAsync(typed, why with { Status = StatusCodes.Status400BadRequest }, cancellationToken);

        async Task<IResult> TryAsync()
        {
            var bytes = Encoding.UTF8.GetBytes(form.Text);
            var (name, problems) = NameOf(form, bytes);
            if (problems is not null)
            {
                return await RefuseAsync(form, problems with { Done = news.Done });
            }

            var tried = await check.TryAsync(name.ToString(), bytes, cancellationToken);
            if (tried.File is not { } read)
            {
                return await RefuseAsync(form, news with { TextProblem = tried.Problem!.ToString() });
            }

            return act == "preview"
                ? await pages.FormAsync(form, news with { PreviewHtml = await bodies.PreviewAsync(name, read, cancellationToken), Notes = read.Notes }, cancellationToken)
                : await SaveAsync(form, name, bytes, news, cancellationToken);
        }
    }

    private async Task<IResult> SaveAsync(EditForm form, PostFileName name, byte[] bytes, EditNews news, CancellationToken cancellationToken)
    {
        if (await uploads.WriteAsync(name, bytes, form.IsNew ? null : form.Version, cancellationToken) is not null)
        {
            return new SeeOther(AdminPaths.EditPostNamed(name.ToString()));
        }

        news = news with { Status = StatusCodes.Status409Conflict };
        if (form.IsNew)
        {
            return await pages.FormAsync(form with { Name = name.ToString() }, news with { NameProblem = $"There is a file {name} already: choose another name." }, cancellationToken);
        }

        // What comes back is for what the file is now: whoever saves it again has seen that.
        var now = await uploads.FindAsync(name.ToString(), cancellationToken);
        return now is null
            ? await pages.FormAsync(form with { Version = "" }, news with { NameProblem = "Somebody has deleted this file meanwhile: save again to have it back." }, cancellationToken)
            : await pages.FormAsync(
                form with { Version = now.Version },
                news with
                {
                    TextProblem = "Somebody has changed this file meanwhile. What it says now stands at the end of this page: take over what is to stay, and save again.",
                    Theirs = EditableText.Of(now.Bytes) ?? "(It cannot be shown here.)",
                },
                cancellationToken);
    }

    /// <summary>The name to save under: what the file has, what was typed, or one made of the title. Or why there is none.</summary>
    private (PostFileName Name, EditNews? Problem) NameOf(EditForm form, byte[] bytes)
    {
        if (!form.IsNew || form.Name.Length > 0)
        {
            var typed = form.Name.EndsWith(PostFileName.Ending, StringComparison.OrdinalIgnoreCase) ? form.Name : form.Name + PostFileName.Ending;
            return PostFileName.TryParse(typed, out var name) && (!form.IsNew || name.IsPlain)
                ? (name, null)
                : (default, new EditNews { NameProblem = "A file's name has letters from a to z, digits, hyphens and, for folders, slashes between them: choose another." });
        }

        if (!PostFile.TryRead("new.md", bytes, settings.TimeZone, out var file, out var problem))
        {
            return (default, new EditNews { TextProblem = problem.ToString() });
        }

        return PostFileName.TryOfTitle(file.Head.Title, out var made)
            ? (made, null)
            : (default, new EditNews { NameProblem = "No name can be made of this title: write one, such as my-post.md." });
    }

    private static string MarkdownOf(MediaPath path) =>
        path.TypeByName!.StartsWith("image/", StringComparison.Ordinal) ? $"![]({path.Link})" : $"[{path.Name}]({path.Link})";
}

using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>View of the post editor.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Form">Values of the fields.</param>
/// <param name="Messages">Messages beside the form.</param>
public sealed record PostEditorView(SiteLayout Site, PostEditorForm Form, EditorMessages Messages)
{
    /// <summary>
    /// Maximum length of the text in the browser, in characters: more than a file may have, so that a browser does not
    /// silently cut off what an author pastes.
    /// </summary>
    private const int MaxTyped = 4 * PostFile.MaxBytes;

    /// <summary>Heading: the file name, or "New post".</summary>
    public string Title => Form.IsNew ? "New post" : Form.Name;

    /// <summary>Field of the file name, for a new file.</summary>
    public FieldView Name =>
        new()
        {
            Name = "name",
            Label = "File name",
            Type = "text",
            MaxLength = PostFileName.MaxLength,
            Autocomplete = "off",
            Hint = "Left empty, it is made of the title. It cannot be changed later.",
            Value = Form.Name,
            Problem = Messages.NameProblem,
        };

    /// <summary>Field of the text.</summary>
    public FieldView Text =>
        new()
        {
            Name = "text",
            Label = "Text",
            Type = "textarea",
            MaxLength = MaxTyped,
            IsRequired = true,
            Hint =
                "Front matter between two lines of three hyphens, then Markdown. What says draft: true is kept back.",
            Value = Form.Text,
            Problem = Messages.TextProblem,
        };

    /// <summary>Hint of the file field: types and size limit.</summary>
    public string FileHint =>
        "A picture (JPEG, PNG, WebP, SVG, GIF), sound, film or PDF, "
        + $"at most {MediaUploads.MaxBytes / 1024 / 1024} MiB. "
        + "A line for it is put at the end of the text.";

    /// <summary>Error messages, each with a link to its field.</summary>
    public IReadOnlyList<LinkView> Problems =>
        [
            .. Messages.NameProblem is { } name ? new[] { new LinkView(name, $"#{Name.Id}") } : [],
            .. Messages.TextProblem is { } text ? new[] { new LinkView(text, $"#{Text.Id}") } : [],
            .. Messages.FileProblem is { } file ? new[] { new LinkView(file, "#your-file") } : [],
        ];
}

/// <summary>State of publishing of a saved file.</summary>
/// <param name="Sentence">State as a sentence.</param>
/// <param name="Lines">Further lines of the report, one sentence each.</param>
/// <param name="Link">Link to the post or, while it is being published, to this page again; null for none.</param>
public sealed record PublishStateView(string Sentence, IReadOnlyList<string> Lines, LinkView? Link);

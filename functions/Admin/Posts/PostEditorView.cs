using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>The form that edits a post.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Form">What is typed in it.</param>
/// <param name="Messages">What is said beside it.</param>
public sealed record PostEditorView(SiteLayout Site, PostEditorForm Form, EditorMessages Messages)
{
    /// <summary>The most characters that a browser lets somebody type: more than the file may have, so that nothing is cut off unseen.</summary>
    private const int MaxTyped = 4 * PostFile.MaxBytes;

    /// <summary>The heading.</summary>
    public string Title => Form.IsNew ? "New post" : Form.Name;

    /// <summary>The field for a new file's name.</summary>
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

    /// <summary>The field for the text.</summary>
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

    /// <summary>What may be sent beside it.</summary>
    public string FileHint =>
        $"A picture (JPEG, PNG, WebP, SVG, GIF), sound, film or PDF, at most {MediaUploads.MaxBytes / 1024 / 1024} MiB. A line for it is put at the end of the text.";

    /// <summary>What is wrong, with the id of its field.</summary>
    public IReadOnlyList<LinkView> Problems =>
        [
            .. Messages.NameProblem is { } name ? new[] { new LinkView(name, $"#{Name.Id}") } : [],
            .. Messages.TextProblem is { } text ? new[] { new LinkView(text, $"#{Text.Id}") } : [],
            .. Messages.FileProblem is { } file ? new[] { new LinkView(file, "#your-file") } : [],
        ];
}

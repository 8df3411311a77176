using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Fields of the post editor.</summary>
/// <param name="Name">Name of the file. Of a new file the name as typed; empty for one created from the title.</param>
/// <param name="Version">ETag of the file that the author saw; empty for a new file.</param>
/// <param name="Text">Front matter and Markdown, with LF line endings.</param>
public sealed record PostEditorForm(string Name, string Version, string Text)
{
    /// <summary>What the names of the fields of the front matter begin with.</summary>
    public const string FieldPrefix = "field-";

    /// <summary>The form of a new post.</summary>
    public static PostEditorForm Empty { get; } = new("", "", "");

    /// <summary>True for a new file.</summary>
    public bool IsNew => Version.Length == 0;

    /// <summary>
    /// Reads the form that a browser sent: the parts of a file in fields or, without the fields, the whole file in
    /// the field text.
    /// </summary>
    /// <param name="field">Returns the text of a field by its name; null when it was not sent.</param>
    /// <param name="action">The action of the button, which decides whether the post is a draft.</param>
    public static PostEditorForm Read(Func<string, string?> field, EditorAction action)
    {
        var text = EditableText.FromForm(field("text") ?? "");
        return new PostEditorForm(
            (field("name") ?? "").Trim(),
            field("version") ?? "",
            field(FieldPrefix + "title") is not null
                ? EditablePost.Join(EditableText.FromForm(field("head") ?? ""), ReadFields(field, action), text)
                : text
        );
    }

    private static EditableFields ReadFields(Func<string, string?> field, EditorAction action) =>
        new()
        {
            Title = field(FieldPrefix + "title") ?? "",
            Tags = field(FieldPrefix + "tags") ?? "",
            Date = field(FieldPrefix + "date") ?? "",
            Summary = field(FieldPrefix + "summary") ?? "",
            Picture = field(FieldPrefix + "picture") ?? "",
            Others = EditableText.FromForm(field(FieldPrefix + "others") ?? ""),
            IsDraft = action switch
            {
                EditorAction.SaveDraft => true,
                EditorAction.Publish => false,
                _ => EditablePost.TrySplit(EditableText.FromForm(field("head") ?? ""))?.Fields.IsDraft ?? false,
            },
        };

    /// <summary>Returns the form with a paragraph appended to its text.</summary>
    public PostEditorForm Append(string paragraph) => this with { Text = $"{Text.TrimEnd('\n')}\n\n{paragraph}\n" };
}

using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Web.Results;

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
    /// <param name="fields">The fields.</param>
    /// <param name="action">The action of the button, which decides whether the post is a draft.</param>
    public static PostEditorForm Read(IFormCollection fields, EditorAction action)
    {
        var text = EditableText.FromForm(fields.Field("text"));
        return new PostEditorForm(
            fields.Field("name").Trim(),
            fields.Field("version"),
            fields.ContainsKey(FieldPrefix + "title")
                ? EditablePost.Join(EditableText.FromForm(fields.Field("head")), ReadFields(fields, action), text)
                : text
        );
    }

    private static EditableFields ReadFields(IFormCollection fields, EditorAction action) =>
        new()
        {
            Title = fields.Field(FieldPrefix + "title"),
            Tags = fields.Field(FieldPrefix + "tags"),
            Date = fields.Field(FieldPrefix + "date"),
            Summary = fields.Field(FieldPrefix + "summary"),
            Picture = fields.Field(FieldPrefix + "picture"),
            Others = EditableText.FromForm(fields.Field(FieldPrefix + "others")),
            IsDraft = action switch
            {
                EditorAction.SaveDraft => true,
                EditorAction.Publish => false,
                _ => EditablePost.TrySplit(EditableText.FromForm(fields.Field("head")))?.Fields.IsDraft ?? false,
            },
        };

    /// <summary>Returns the form with a paragraph appended to its text.</summary>
    public PostEditorForm Append(string paragraph) => this with { Text = $"{Text.TrimEnd('\n')}\n\n{paragraph}\n" };
}

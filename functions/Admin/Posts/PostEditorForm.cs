namespace ServerlessBlog.Admin.Posts;

/// <summary>Fields of the post editor.</summary>
/// <param name="Name">Name of the file. Of a new file the name as typed; empty for one created from the title.</param>
/// <param name="Version">ETag of the file that the author saw; empty for a new file.</param>
/// <param name="Text">Front matter and Markdown, with LF line endings.</param>
public sealed record PostEditorForm(string Name, string Version, string Text)
{
    /// <summary>The form of a new post, with a template of the front matter.</summary>
    public static PostEditorForm Empty { get; } = new("", "", "---\ntitle: \ntags: []\ndraft: false\n---\n\n");

    /// <summary>True for a new file.</summary>
    public bool IsNew => Version.Length == 0;

    /// <summary>Returns the form with a paragraph appended to its text.</summary>
    public PostEditorForm Append(string paragraph) => this with { Text = $"{Text.TrimEnd('\n')}\n\n{paragraph}\n" };
}

namespace ServerlessBlog.Admin.Posts;

/// <summary>A post's file in the form that edits it.</summary>
/// <param name="Name">The file's name; of a new file what was typed, empty for one made of the title.</param>
/// <param name="Version">The ETag of the file that its author has seen; empty for a new file.</param>
/// <param name="Text">The text, its lines ending in LF.</param>
public sealed record PostEditorForm(string Name, string Version, string Text)
{
    /// <summary>What a new post begins with.</summary>
    public static PostEditorForm Empty { get; } = new("", "", "---\ntitle: \ntags: []\ndraft: false\n---\n\n");

    /// <summary>Whether there is no such file yet.</summary>
    public bool IsNew => Version.Length == 0;

    /// <summary>The form with a paragraph more at the end of its text.</summary>
    public PostEditorForm With(string paragraph) => this with { Text = $"{Text.TrimEnd('\n')}\n\n{paragraph}\n" };
}

namespace ServerlessBlog.Admin.Posts;

/// <summary>What an author wants done with the form that edits a post.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Action">What the button says.</param>
/// <param name="File">The file beside the text; null for none.</param>
public sealed record PostEditorRequest(PostEditorForm Form, EditorAction Action, SentFile? File);

/// <summary>What a button of the form that edits a post does.</summary>
public enum EditorAction
{
    /// <summary>Saves the text.</summary>
    Save,

    /// <summary>Shows what the text would look like, and saves nothing.</summary>
    Preview,

    /// <summary>Uploads the file beside the text, and saves nothing.</summary>
    Add,
}

/// <summary>A file that an author sends with a form.</summary>
/// <param name="Name">The name that the author's machine gives it.</param>
/// <param name="Content">Its bytes; can seek.</param>
public sealed record SentFile(string Name, Stream Content);

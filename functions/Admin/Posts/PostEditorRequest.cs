namespace ServerlessBlog.Admin.Posts;

/// <summary>Request to the post editor.</summary>
/// <param name="Form">Fields as sent.</param>
/// <param name="Action">Action of the button.</param>
/// <param name="File">File to upload; null for none.</param>
public sealed record PostEditorRequest(PostEditorForm Form, EditorAction Action, SentFile? File);

/// <summary>Action of a button of the post editor.</summary>
public enum EditorAction
{
    /// <summary>Saves the text; a draft stays one.</summary>
    Save,

    /// <summary>Saves the text as a draft.</summary>
    SaveDraft,

    /// <summary>Saves the text, which is no draft any more.</summary>
    Publish,

    /// <summary>Shows a preview of the text, and saves nothing.</summary>
    Preview,

    /// <summary>Uploads the sent file, and does not save the text.</summary>
    Add,
}

/// <summary>File that an author sent with the form.</summary>
/// <param name="Name">File name on the author's machine.</param>
/// <param name="Content">Seekable stream of its bytes.</param>
public sealed record SentFile(string Name, Stream Content);

/// <summary>Result of a <see cref="PostEditorRequest"/>.</summary>
/// <param name="Outcome">Outcome of the action.</param>
/// <param name="Form">
/// The form as sent, with a line appended for an uploaded file. After saving, with the name that the file was saved
/// under.
/// </param>
/// <param name="Messages">Messages beside the form.</param>
public sealed record PostEditorResult(EditOutcome Outcome, PostEditorForm Form, EditorMessages Messages);

/// <summary>Outcome of an action of the post editor.</summary>
public enum EditOutcome
{
    /// <summary>The text is saved.</summary>
    Saved,

    /// <summary>A preview or an uploaded file is shown; the text is not saved.</summary>
    Shown,

    /// <summary>Nothing was saved: a field or the file is invalid.</summary>
    Refused,

    /// <summary>Nothing was saved: somebody else has created, changed or deleted the file meanwhile.</summary>
    Conflict,
}

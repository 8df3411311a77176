namespace ServerlessBlog.Admin.Posts;

/// <summary>The outcome of what an author wanted done with the form that edits a post.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Form">
/// The form as it comes back: what was typed, and what was added to it. When it was saved, it has the name it was saved under.
/// </param>
/// <param name="Messages">What is said beside the form.</param>
public sealed record PostEditorResult(EditOutcome Outcome, PostEditorForm Form, EditorMessages Messages);

/// <summary>What was done with the form that edits a post.</summary>
public enum EditOutcome
{
    /// <summary>The text is saved.</summary>
    Saved,

    /// <summary>A preview or a new file is shown; the text is not saved.</summary>
    Shown,

    /// <summary>Nothing was saved: something typed or sent cannot be taken.</summary>
    Refused,

    /// <summary>Nothing was saved: somebody else has created, changed or deleted the file meanwhile.</summary>
    Conflict,
}

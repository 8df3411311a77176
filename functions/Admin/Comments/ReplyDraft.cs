namespace ServerlessBlog.Admin.Comments;

/// <summary>A reply or correction that was refused.</summary>
/// <param name="Action"><see cref="Reply"/> or <see cref="Correct"/>.</param>
/// <param name="Text">Text as sent.</param>
/// <param name="Problem">Error message, one sentence.</param>
public sealed record ReplyDraft(string Action, string Text, string Problem)
{
    /// <summary>Value of the field act for a reply, and name of the field with its text.</summary>
    public const string Reply = "answer";

    /// <summary>Value of the field act for a correction, and name of the field with the new text.</summary>
    public const string Correct = "correct";
}

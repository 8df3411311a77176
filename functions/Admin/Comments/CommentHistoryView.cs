using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>View of the page of one comment, with its audit.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="State">State, completes "This comment is ...".</param>
/// <param name="Comment">The comment.</param>
/// <param name="ListText">Text of the link to the list of its state, for example "Approved comments".</param>
/// <param name="ListAddress">Address of that list.</param>
/// <param name="ParentAddress">Address of the comment that it replies to; null for none.</param>
/// <param name="Reply">Form for a reply; null when the comment was withdrawn.</param>
/// <param name="Correction">
/// Form to correct its text; null when the comment was withdrawn or a new text waits for a verdict.
/// </param>
/// <param name="History">Audit entries, oldest first, with times in the blog's time zone.</param>
public sealed record CommentHistoryView(
    SiteLayout Site,
    string State,
    ModeratedCommentView Comment,
    string ListText,
    string ListAddress,
    string? ParentAddress,
    ReplyFormView? Reply,
    ReplyFormView? Correction,
    IReadOnlyList<AuditEntry> History
);

/// <summary>A reply or correction that was refused.</summary>
/// <param name="Action"><see cref="Reply"/> or <see cref="Correct"/>.</param>
/// <param name="Text">Text as sent.</param>
/// <param name="Problem">Error message.</param>
public sealed record ReplyDraft(string Action, string Text, TextReference Problem)
{
    /// <summary>Value of the field act for a reply, and name of the field with its text.</summary>
    public const string Reply = "answer";

    /// <summary>Value of the field act for a correction, and name of the field with the new text.</summary>
    public const string Correct = "correct";
}

/// <summary>View of the form for a reply or a correction.</summary>
/// <param name="Address">Address that the form posts to.</param>
/// <param name="Item">Form value of the comment, see <see cref="CommentVersion"/>.</param>
/// <param name="Button">Text of the button.</param>
/// <param name="Field">Field of the text; its name is also the value of act.</param>
public sealed record ReplyFormView(string Address, string Item, string Button, FieldView Field);

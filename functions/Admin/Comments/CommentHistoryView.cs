using ServerlessBlog.Comments.Moderation;
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

using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>One comment, and everything that was decided about it.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="State">Completes "This comment is ...".</param>
/// <param name="Comment">The comment.</param>
/// <param name="ListText">Text of the link to that list, for example "Approved comments".</param>
/// <param name="ListAddress">Where those in its state are listed.</param>
/// <param name="AnsweredAddress">Where the comment is that it answers; null for none.</param>
/// <param name="Answer">Where it is answered; null where it cannot be.</param>
/// <param name="Correction">Where its text is corrected; null where it cannot be.</param>
/// <param name="History">The decisions, oldest first, their times in the blog's time zone.</param>
public sealed record CommentHistoryView(
    SiteLayout Site,
    string State,
    ModeratedCommentView Comment,
    string ListText,
    string ListAddress,
    string? AnsweredAddress,
    ReplyFormView? Answer,
    ReplyFormView? Correction,
    IReadOnlyList<AuditEntry> History
);

using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>How pages name a comment's state: completes "This comment is ...". In English for moderators.</summary>
internal static class CommentStateText
{
    public static string Describe(CommentState state, bool isRestorable = false) =>
        Describe(SiteTexts.BuiltIn, state, isRestorable);

    public static string Describe(SiteTexts texts, CommentState state, bool isRestorable) =>
        texts[
            state switch
            {
                CommentState.Waiting or CommentState.Held => "state.waiting",
                CommentState.Approved => "state.approved",
                CommentState.Trash when isRestorable => "state.thrown-away",
                CommentState.Trash => "state.taken-back",
                _ => "state.spam",
            }
        ];
}

using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>Texts for the state of a comment that complete "This comment is ...".</summary>
internal static class CommentStateText
{
    /// <summary>Describes a state in English, for moderators.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isRestorable">True for a comment in the trash that a moderator removed.</param>
    public static string Describe(CommentState state, bool isRestorable = false) =>
        Describe(SiteTexts.BuiltIn, state, isRestorable);

    /// <summary>Describes a state in the language of the blog. A held comment is described as waiting.</summary>
    /// <param name="texts">Interface texts of the blog.</param>
    /// <param name="state">The state.</param>
    /// <param name="isRestorable">
    /// True for a comment in the trash that a moderator removed; false for one that its writer withdrew.
    /// </param>
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

using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Comments;

/// <summary>Texts for the state of a comment that complete "This comment is ...".</summary>
internal static class CommentStateText
{
    /// <summary>Describes a state in the language of the blog.</summary>
    /// <param name="texts">Interface texts of the blog.</param>
    /// <param name="state">The state.</param>
    /// <param name="isRestorable">
    /// True for a comment in the trash that a moderator removed; false for one that its writer withdrew.
    /// </param>
    public static string Describe(SiteTexts texts, CommentState state, bool isRestorable) =>
        texts[$"state.{NameOf(state, isRestorable)}"];

    /// <summary>Tells the writer of a comment in one sentence what has become of it.</summary>
    public static string DescribeReceipt(SiteTexts texts, Comment comment) =>
        texts[$"receipt.{NameOf(comment.State, comment.IsRestorable)}"];

    private static string NameOf(CommentState state, bool isRestorable) =>
        state switch
        {
            CommentState.Waiting => "waiting",
            CommentState.Held => "held",
            CommentState.Approved => "approved",
            CommentState.Trash when isRestorable => "thrown-away",
            CommentState.Trash => "taken-back",
            _ => "spam",
        };
}

using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Admin;

/// <summary>English texts of the admin area for states, actions and their results.</summary>
internal static class AdminText
{
    /// <summary>All states of a comment, in the order of the tabs.</summary>
    public static IList<CommentState> States { get; } =
    [CommentState.Held, CommentState.Waiting, CommentState.Approved, CommentState.Spam, CommentState.Trash];

    /// <summary>The tab of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="count">
    /// Number of comments in the state; from <see cref="CommentListReader.MaxCount"/> on shown as "99+".
    /// </param>
    public static StateTabView TabFor(CommentState state, int count) =>
        new(
            state.ToString(),
            AdminPaths.Comments(state.ToString().ToLowerInvariant()),
            count < CommentListReader.MaxCount
                ? count.ToString(CultureInfo.InvariantCulture)
                : $"{CommentListReader.MaxCount - 1}+",
            state == CommentState.Held ? "No comment waits for a decision." : "There are none."
        );

    /// <summary>The actions on comments in a state, the most frequent first.</summary>
    public static IReadOnlyList<ActionButtonView> ActionsFor(CommentState state) =>
        state switch
        {
            CommentState.Waiting => [Approve, Hold, Spam, Trash],
            CommentState.Held => [Approve, Spam, Trash],
            CommentState.Approved => [Hold, Spam, Trash],
            CommentState.Spam => [Restore, Approve, Trash],
            _ => [Restore, Spam],
        };

    /// <summary>One or two sentences about a bulk action, for example "2 comments were held."</summary>
    public static string SentenceFor(BulkResult result)
    {
        var (changed, word) = (
            result.Changed.Count,
            result.Action switch
            {
                ModeratorAction.Approve => "approved",
                ModeratorAction.Hold => "held",
                ModeratorAction.Spam => "marked as spam",
                ModeratorAction.Trash => "removed",
                ModeratorAction.Restore => "brought back",
                _ => "put back to where it was",
            }
        );
        var sentence = (changed, result.Skipped) switch
        {
            (0, 0) => "Nothing was chosen.",
            (0, _) => "Nothing was changed.",
            (1, _) => $"1 comment was {word}.",
            _ => $"{changed} comments were {word.Replace("it was", "they were", StringComparison.Ordinal)}.",
        };
        return result.Skipped switch
        {
            0 => sentence,
            1 => $"{sentence} 1 was left as it is: somebody has decided about it meanwhile.",
            var skipped => $"{sentence} {skipped} were left as they are: somebody has decided about them meanwhile.",
        };
    }

    private static ActionButtonView Approve { get; } = new("approve", "Approve");

    private static ActionButtonView Hold { get; } = new("hold", "Hold");

    private static ActionButtonView Spam { get; } = new("spam", "Spam");

    private static ActionButtonView Trash { get; } = new("trash", "Trash");

    private static ActionButtonView Restore { get; } = new("restore", "Restore");
}

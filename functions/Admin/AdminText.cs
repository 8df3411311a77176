using System.Globalization;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin;

/// <summary>What the desk calls things.</summary>
internal static class AdminText
{
    /// <summary>The states in the order that a moderator needs them.</summary>
    public static IList<CommentState> States { get; } =
    [CommentState.Held, CommentState.Waiting, CommentState.Approved, CommentState.Spam, CommentState.Trash];

    public static StateTabView TabFor(CommentState state, int count) =>
        new(
            state.ToString(),
            AdminPaths.Comments(state.ToString().ToLowerInvariant()),
            count < CommentListReader.MaxCount
                ? count.ToString(CultureInfo.InvariantCulture)
                : $"{CommentListReader.MaxCount - 1}+",
            state == CommentState.Held ? "No comment waits for a decision." : "There are none."
        );

    /// <summary>What can be done with comments in a state, what is done most first.</summary>
    public static IReadOnlyList<ActionButtonView> ActsOn(CommentState state) =>
        state switch
        {
            CommentState.Waiting => [Approve, Hold, Spam, Trash],
            CommentState.Held => [Approve, Spam, Trash],
            CommentState.Approved => [Hold, Spam, Trash],
            CommentState.Spam => [Restore, Approve, Trash],
            _ => [Restore, Spam],
        };

    /// <summary>What was done, in words.</summary>
    public static string TabFor(BulkResult outcome)
    {
        var (changed, word) = (
            outcome.Changed.Count,
            outcome.Act switch
            {
                ModeratorAction.Approve => "approved",
                ModeratorAction.Hold => "held",
                ModeratorAction.Spam => "marked as spam",
                ModeratorAction.Trash => "removed",
                ModeratorAction.Restore => "brought back",
                _ => "put back to where it was",
            }
        );
        var sentence = (changed, outcome.Left) switch
        {
            (0, 0) => "Nothing was chosen.",
            (0, _) => "Nothing was changed.",
            (1, _) => $"1 comment was {word}.",
            _ => $"{changed} comments were {word.Replace("it was", "they were", StringComparison.Ordinal)}.",
        };
        return outcome.Left switch
        {
            0 => sentence,
            1 => $"{sentence} 1 was left as it is: somebody has decided about it meanwhile.",
            var left => $"{sentence} {left} were left as they are: somebody has decided about them meanwhile.",
        };
    }

    private static ActionButtonView Approve { get; } = new("approve", "Approve");

    private static ActionButtonView Hold { get; } = new("hold", "Hold");

    private static ActionButtonView Spam { get; } = new("spam", "Spam");

    private static ActionButtonView Trash { get; } = new("trash", "Trash");

    private static ActionButtonView Restore { get; } = new("restore", "Restore");
}

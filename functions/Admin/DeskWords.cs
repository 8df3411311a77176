using System.Globalization;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin;

/// <summary>What the desk calls things.</summary>
internal static class DeskWords
{
    /// <summary>The states in the order that a moderator needs them.</summary>
    public static IList<CommentState> States { get; } = [CommentState.Held, CommentState.Waiting, CommentState.Approved, CommentState.Spam, CommentState.Trash];

    public static DeskStateView Of(CommentState state, int count) => new(
        state.ToString(),
        AdminPaths.Comments(state.ToString().ToLowerInvariant()),
        count < CommentShelf.MaxCount ? count.ToString(CultureInfo.InvariantCulture) : $"{CommentShelf.MaxCount - 1}+",
        state == CommentState.Held ? "No comment waits for a decision." : "There are none.");

    /// <summary>What can be done with comments in a state, what is done most first.</summary>
    public static IReadOnlyList<DeskActView> ActsOn(CommentState state) => state switch
    {
        CommentState.Waiting => [Approve, Hold, Spam, Trash],
        CommentState.Held => [Approve, Spam, Trash],
        CommentState.Approved => [Hold, Spam, Trash],
        CommentState.Spam => [Restore, Approve, Trash],
        _ => [Restore, Spam],
    };

    /// <summary>What was done, in words.</summary>
    public static string Of(DeskDone done)
    {
        var (changed, word) = (done.Changed.Count, done.Act switch
        {
            DeskAct.Approve => "approved",
            DeskAct.Hold => "held",
            DeskAct.Spam => "marked as spam",
            DeskAct.Trash => "thrown away",
            DeskAct.Restore => "brought back",
            _ => "put back to where it was",
        });
        var sentence = (changed, done.Left) switch
        {
            (0, 0) => "Nothing was chosen.",
            (0, _) => "Nothing was changed.",
            (1, _) => $"1 comment was {word}.",
            _ => $"{changed} comments were {word.Replace("it was", "they were", StringComparison.Ordinal)}.",
        };
        return done.Left switch
        {
            0 => sentence,
            1 => $"{sentence} 1 was left as it is: somebody has decided about it meanwhile.",
            var left => $"{sentence} {left} were left as they are: somebody has decided about them meanwhile.",
        };
    }

    private static DeskActView Approve { get; } = new("approve", "Approve");

    private static DeskActView Hold { get; } = new("hold", "Hold");

    private static DeskActView Spam { get; } = new("spam", "Spam");

    private static DeskActView Trash { get; } = new("trash", "Trash");

    private static DeskActView Restore { get; } = new("restore", "Restore");
}

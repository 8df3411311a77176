using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The rows of a post's conversation as readers see it: the approved comments by their position, <c>shown:{path}</c>,
/// in reading order; the counters, <c>tally</c>; and the id of the comment with each number, <c>number:{number}</c>. A
/// comment that is hidden while others reply to it leaves a placeholder, so that the replies keep their positions.
/// </summary>
/// <remarks>
/// Every change writes the counters with If-Match in the same batch, so two decisions never change a conversation from
/// the same state.
/// </remarks>
internal sealed class ThreadRows(TableClient table, int levels)
{
    /// <summary>The row key of the counters.</summary>
    public const string CountsKey = "tally";

    /// <summary>The property of a number's row that holds the id of its comment.</summary>
    public const string CommentProperty = "Comment";

    /// <summary>Maximum number of ancestors that are looked up; a deeper reply begins a thread.</summary>
    public const int MaxAncestors = 64;

    /// <summary>
    /// Returns the rows of the conversation that a decision changes, and the decided comment with its position when it
    /// is shown for the first time.
    /// </summary>
    public async Task<(Comment Decided, IReadOnlyList<TableTransactionAction> Changes)> ChangeAsync(
        Comment before,
        Comment decided,
        CancellationToken cancellationToken
    )
    {
        var (wasShown, isShown) = (IsShown(before), IsShown(decided));
        if (wasShown == isShown)
        {
            return (decided, isShown ? [Upsert(decided)] : []);
        }

        var read = await Row.FindAsync(
            table,
            PartitionOf(decided),
            CountsKey,
            CommentJson.Default.CommentCounts,
            cancellationToken
        );
        var counts = read?.Value ?? CommentCounts.Empty;
        List<TableTransactionAction> changes;
        if (isShown)
        {
            var ancestors = await FindAncestorsAsync(decided, cancellationToken);
            (decided, counts, changes) = Show(decided, counts, ancestors, levels);
        }
        else
        {
            changes = await HideAsync(decided, cancellationToken);
            counts = counts.Hide();
        }

        var row = Row.Create(PartitionOf(decided), CountsKey, counts, CommentJson.Default.CommentCounts);
        return (decided, [.. changes, Row.Write(row, read?.Version)]);
    }

    /// <summary>The row key of a number.</summary>
    public static string NumberKey(int number) => $"number:{number:D8}";

    /// <summary>The row key of a position in the conversation.</summary>
    public static string KeyOf(ThreadPath path) => $"shown:{path.Key}";

    /// <summary>
    /// Returns the stored form of a comment that is not shown: its ids, times, state and position only.
    /// </summary>
    public static Comment ToPlaceholder(Comment comment) =>
        new()
        {
            Key = comment.Key,
            Author = "",
            Email = "",
            Text = "",
            ReplyTo = comment.ReplyTo,
            Created = comment.Created,
            Decided = comment.Decided,
            State = comment.State,
            Number = comment.Number,
            Position = comment.Position,
        };

    /// <summary>
    /// Returns the comment with its position, the counters, and the rows to write: its own, that of its number, and
    /// placeholders for the ancestors that are not shown.
    /// </summary>
    /// <param name="comment">The comment to show.</param>
    /// <param name="counts">The counters before.</param>
    /// <param name="ancestors">The comments that it replies to, directly and indirectly, the direct one first.</param>
    /// <param name="levels">The number of levels that threads are nested, from 1.</param>
    public static (Comment Shown, CommentCounts Counts, List<TableTransactionAction> Changes) Show(
        Comment comment,
        CommentCounts counts,
        IReadOnlyList<Comment> ancestors,
        int levels
    )
    {
        var parent = ancestors.Select(ancestor => ancestor.Position).FirstOrDefault(path => path is not null);
        var (shown, changed) = counts.Show(comment, parent, levels);
        var placeholders = ancestors.Where(ancestor =>
            !IsShown(ancestor) && ancestor.Position is { } path && shown.Position!.Value.IsBelow(path)
        );
        return (
            shown,
            changed,
            [
                Upsert(shown),
                new(TableTransactionActionType.UpsertReplace, NumberRowOf(shown)),
                .. placeholders.Select(Upsert),
            ]
        );
    }

    /// <summary>Finds the comments that this one replies to, directly and indirectly, the direct one first.</summary>
    private async Task<List<Comment>> FindAncestorsAsync(Comment comment, CancellationToken cancellationToken)
    {
        var ancestors = new List<Comment>();
        while (
            comment.ReplyTo is { } id
            && ancestors.Count < MaxAncestors
            && await Row.FindAsync(
                table,
                PartitionOf(comment),
                CommentTable.KeyOf(id),
                CommentJson.Default.Comment,
                cancellationToken
            )
                is { Value: var parent }
        )
        {
            ancestors.Add(parent);
            comment = parent;
        }

        return ancestors;
    }

    /// <summary>
    /// Returns the changes that hide a comment. With replies below it, it becomes a placeholder; else its row is
    /// deleted, and so are the placeholders above that have no other reply left.
    /// </summary>
    private async Task<List<TableTransactionAction>> HideAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (await CountDescendantsAsync(comment, comment.Position!.Value, cancellationToken) > 0)
        {
            return [Upsert(comment)];
        }

        List<TableTransactionAction> changes = [Delete(comment, comment.Position!.Value)];
        for (var parent = comment.Position!.Value.GetParent(); parent is { } path; parent = path.GetParent())
        {
            var row = await Row.FindAsync(
                table,
                PartitionOf(comment),
                KeyOf(path),
                CommentJson.Default.Comment,
                cancellationToken
            );
            if (
                row is null
                || IsShown(row.Value)
                || await CountDescendantsAsync(comment, path, cancellationToken) > changes.Count
            )
            {
                break;
            }

            changes.Add(Delete(comment, path));
        }

        return changes;
    }

    /// <summary>
    /// Counts the rows below a position, up to <see cref="MaxAncestors"/>: more than a thread has levels.
    /// </summary>
    private async Task<int> CountDescendantsAsync(
        Comment comment,
        ThreadPath path,
        CancellationToken cancellationToken
    ) =>
        await RowRange
            .ReadKeysAsync(table, PartitionOf(comment), KeyOf(path) + ".", KeyOf(path) + "/", cancellationToken)
            .Take(MaxAncestors)
            .CountAsync(cancellationToken);

    /// <summary>The row at a comment's position: itself, or its placeholder when it is not shown.</summary>
    public static TableEntity RowOf(Comment comment) =>
        Row.Create(
            PartitionOf(comment),
            KeyOf(comment.Position!.Value),
            IsShown(comment) ? comment : ToPlaceholder(comment),
            CommentJson.Default.Comment
        );

    /// <summary>The row of a comment's number.</summary>
    public static TableEntity NumberRowOf(Comment comment) =>
        new(PartitionOf(comment), NumberKey(comment.Number)) { [CommentProperty] = comment.Key.Comment.ToString() };

    private static TableTransactionAction Upsert(Comment comment) =>
        new(TableTransactionActionType.UpsertReplace, RowOf(comment));

    private static TableTransactionAction Delete(Comment comment, ThreadPath path) =>
        new(TableTransactionActionType.Delete, new TableEntity(PartitionOf(comment), KeyOf(path)), ETag.All);

    private static bool IsShown(Comment comment) => comment.State == CommentState.Approved;

    private static string PartitionOf(Comment comment) => CommentTable.PartitionOf(comment.Key);
}

using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// What everybody sees of a post's comments: <c>shown:{trail}</c> in the order of the conversation, how many there are, <c>tally</c>, and whose each number
/// is, <c>number:{number}</c>. A comment that is hidden while others answer it leaves its place empty, so that they keep theirs.
/// </summary>
/// <remarks>Whatever shows or hides writes the tally in the same batch, so no two of a post's conversation are decided from the same state.</remarks>
internal sealed class ThreadRows(TableClient table, int levels)
{
    private const string TallyKey = "tally";

    /// <summary>How far up is looked for who is answered; whoever answers deeper begins a thread.</summary>
    private const int MaxClimb = 64;

    /// <summary>What a decision changes of the conversation; the comment as decided, with its place in it.</summary>
    public async Task<(Comment Decided, IReadOnlyList<TableTransactionAction> Changes)> ChangeAsync(
        Comment before,
        Comment decided,
        CancellationToken cancellationToken
    )
    {
        var (was, isNow) = (IsShown(before), IsShown(decided));
        if (was == isNow)
        {
            return (decided, isNow ? [Put(decided)] : []);
        }

        var read = await Row.FindAsync(
            table,
            PartitionOf(decided),
            TallyKey,
            CommentJson.Default.CommentCounts,
            cancellationToken
        );
        var counts = read?.Value ?? CommentCounts.Empty;
        var changes = new List<TableTransactionAction>();
        if (isNow)
        {
            var above = await AnsweredAsync(decided, cancellationToken);
            (decided, counts) = counts.Show(
                decided,
                above.Select(comment => comment.Position).FirstOrDefault(path => path is not null),
                levels
            );
            changes.Add(Put(decided));
            changes.Add(
                new(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity(PartitionOf(decided), NumberKey(decided.Number))
                    {
                        ["Comment"] = decided.Key.Comment.ToString(),
                    }
                )
            );
            changes.AddRange(
                above
                    .Where(comment =>
                        !IsShown(comment) && comment.Position is { } path && decided.Position!.Value.IsBelow(path)
                    )
                    .Select(Put)
            );
        }
        else
        {
            changes.AddRange(await HideAsync(decided, cancellationToken));
            counts = counts.Hide();
        }

        changes.Add(
            Row.Write(
                Row.Create(PartitionOf(decided), TallyKey, counts, CommentJson.Default.CommentCounts),
                read?.Version
            )
        );
        return (decided, changes);
    }

    /// <summary>How many of a post's comments everybody sees.</summary>
    public static async Task<CommentCounts> TallyAsync(
        TableClient table,
        string post,
        CancellationToken cancellationToken
    ) =>
        (await Row.FindAsync(table, post, TallyKey, CommentJson.Default.CommentCounts, cancellationToken))?.Value
        ?? CommentCounts.Empty;

    /// <summary>The key of the row that says whose a number is.</summary>
    public static string NumberKey(int number) => $"number:{number:D8}";

    /// <summary>The key of a place in the conversation.</summary>
    public static string KeyOf(ThreadPath path) => $"shown:{path.Key}";

    /// <summary>The comments that this one answers, the nearest first.</summary>
    private async Task<List<Comment>> AnsweredAsync(Comment comment, CancellationToken cancellationToken)
    {
        var above = new List<Comment>();
        while (
            comment.Answers is { } id
            && above.Count < MaxClimb
            && await Row.FindAsync(
                table,
                PartitionOf(comment),
                CommentTable.KeyOf(id),
                CommentJson.Default.Comment,
                cancellationToken
            )
                is { Value: var answered }
        )
        {
            above.Add(answered);
            comment = answered;
        }

        return above;
    }

    /// <summary>Takes it away, with the empty places above it that nobody stands below any more; or leaves its place empty.</summary>
    private async Task<List<TableTransactionAction>> HideAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (await CountBelowAsync(comment, comment.Position!.Value, cancellationToken) > 0)
        {
            return [Put(comment)];
        }

        List<TableTransactionAction> changes = [Take(comment, comment.Position!.Value)];
        for (var parent = comment.Position!.Value.Above(); parent is { } path; parent = path.Above())
        {
            var place = await Row.FindAsync(
                table,
                PartitionOf(comment),
                KeyOf(path),
                CommentJson.Default.Comment,
                cancellationToken
            );
            if (
                place is null
                || IsShown(place.Value)
                || await CountBelowAsync(comment, path, cancellationToken) > changes.Count
            )
            {
                break;
            }

            changes.Add(Take(comment, path));
        }

        return changes;
    }

    /// <summary>How many places there are below this one; counted a few further than a conversation has levels.</summary>
    private async Task<int> CountBelowAsync(Comment comment, ThreadPath path, CancellationToken cancellationToken) =>
        await Row.KeysAsync(table, PartitionOf(comment), KeyOf(path) + ".", KeyOf(path) + "/", cancellationToken)
            .Take(MaxClimb)
            .CountAsync(cancellationToken);

    private static TableTransactionAction Put(Comment comment) =>
        new(
            TableTransactionActionType.UpsertReplace,
            Row.Create(
                PartitionOf(comment),
                KeyOf(comment.Position!.Value),
                IsShown(comment) ? comment : Emptied(comment),
                CommentJson.Default.Comment
            )
        );

    private static TableTransactionAction Take(Comment comment, ThreadPath path) =>
        new(TableTransactionActionType.Delete, new TableEntity(PartitionOf(comment), KeyOf(path)), ETag.All);

    /// <summary>Its place without what was said there, and by whom.</summary>
    public static Comment Emptied(Comment comment) =>
        new()
        {
            Key = comment.Key,
            Author = "",
            Email = "",
            Text = "",
            Answers = comment.Answers,
            Created = comment.Created,
            Decided = comment.Decided,
            State = comment.State,
            Number = comment.Number,
            Position = comment.Position,
        };

    private static bool IsShown(Comment comment) => comment.State == CommentState.Approved;

    private static string PartitionOf(Comment comment) => comment.Key.Post.ToString();
}

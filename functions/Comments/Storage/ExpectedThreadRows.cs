using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The rows of a post's conversation that follow from its comments, against those that are stored. See
/// <see cref="ThreadRows"/>.
/// </summary>
internal sealed class ExpectedThreadRows
{
    private readonly string _partition;
    private readonly List<Comment> _comments = [];
    private readonly Dictionary<string, string> _stored = new(StringComparer.Ordinal);
    private CommentCounts _counts = CommentCounts.Empty;
    private string? _version;

    private ExpectedThreadRows(string partition) => _partition = partition;

    /// <summary>The comments of the post, in any state.</summary>
    public IReadOnlyList<Comment> Comments => _comments;

    /// <summary>Reads the rows of a partition; null when it is that of no post.</summary>
    public static ExpectedThreadRows? TryRead(IReadOnlyList<TableEntity> partition)
    {
        if (partition is not [var first, ..])
        {
            return null;
        }

        var rows = new ExpectedThreadRows(first.PartitionKey);
        foreach (var row in partition)
        {
            rows.Add(row);
        }

        return rows._comments.Count > 0 || rows._version is not null ? rows : null;
    }

    /// <summary>Says what is wrong; null when nothing is.</summary>
    public string? FindProblem()
    {
        var (missing, leftOver) = (Missing().Count(), LeftOver().Count());
        return (missing, leftOver, Counts() == _counts) switch
        {
            (0, 0, true) => null,
            (0, 0, false) => $"it counts {_counts.Shown} comments, and there are {Counts().Shown}",
            _ => $"{missing} rows of what readers see are missing or not as they should be, {leftOver} too many",
        };
    }

    /// <summary>
    /// Returns the batches that mend the conversation. The first fails when a decision changes the counters meanwhile.
    /// </summary>
    public IReadOnlyList<TransactionBatch> Mend()
    {
        var counts = Row.Create(_partition, ThreadRows.CountsKey, Counts(), CommentJson.Default.CommentCounts);
        var batches = new List<TransactionBatch> { new() };
        foreach (var action in Changes().Prepend(Row.Write(counts, _version)))
        {
            if (!batches[^1].TryAdd([action]))
            {
                batches.Add(new TransactionBatch());
                batches[^1].TryAdd([action]);
            }
        }

        return batches;
    }

    private IEnumerable<TableTransactionAction> Changes() =>
        Missing()
            .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
            .Concat(
                LeftOver()
                    .Select(key => new TableTransactionAction(
                        TableTransactionActionType.Delete,
                        new TableEntity(_partition, key),
                        ETag.All
                    ))
            );

    private void Add(TableEntity row)
    {
        if (row.RowKey == ThreadRows.CountsKey)
        {
            (_counts, _version) = (Row.Read(row, CommentJson.Default.CommentCounts), row.ETag.ToString());
        }
        else if (row.RowKey.StartsWith(CommentTable.KeyOf(""), StringComparison.Ordinal))
        {
            _comments.Add(Row.Read(row, CommentJson.Default.Comment));
        }
        else if (IsOfReaders(row.RowKey))
        {
            _stored.Add(row.RowKey, FingerprintOf(row));
        }
    }

    private static bool IsOfReaders(string key) =>
        key.StartsWith("shown:", StringComparison.Ordinal) || key.StartsWith("number:", StringComparison.Ordinal);

    private static string FingerprintOf(TableEntity row) =>
        row.GetString(ThreadRows.CommentProperty)
        ?? JsonSerializer.Serialize(Row.Read(row, CommentJson.Default.Comment), CommentJson.Default.Comment);

    private IEnumerable<TableEntity> Expected() => [.. Shown(), .. Placeholders(), .. Numbers()];

    private IEnumerable<TableEntity> Missing() =>
        Expected().Where(row => _stored.GetValueOrDefault(row.RowKey) != FingerprintOf(row));

    /// <summary>
    /// Rows of positions that no comment has, unless there is one below. Those of numbers stay: numbers are never given
    /// again.
    /// </summary>
    private IEnumerable<string> LeftOver()
    {
        var expected = Expected()
            .Select(row => row.RowKey)
            .Concat(AllAbove().Select(ThreadRows.KeyOf))
            .ToHashSet(StringComparer.Ordinal);
        return _stored.Keys.Where(key => key.StartsWith("shown:", StringComparison.Ordinal) && !expected.Contains(key));
    }

    private IEnumerable<TableEntity> Shown() => Approved().Select(comment => ThreadRows.RowOf(comment));

    /// <summary>Hidden comments with an approved one below them.</summary>
    private IEnumerable<TableEntity> Placeholders()
    {
        var above = AllAbove();
        return _comments
            .Where(comment =>
                comment is { State: not CommentState.Approved, Position: { } path } && above.Contains(path)
            )
            .Select(comment => ThreadRows.RowOf(comment));
    }

    private HashSet<ThreadPath> AllAbove() =>
        Approved().SelectMany(comment => Above(comment.Position!.Value)).ToHashSet();

    private static IEnumerable<ThreadPath> Above(ThreadPath path)
    {
        for (var parent = path.GetParent(); parent is { } above; parent = above.GetParent())
        {
            yield return above;
        }
    }

    private IEnumerable<TableEntity> Numbers() => Approved().Select(ThreadRows.NumberRowOf);

    private IEnumerable<Comment> Approved() =>
        _comments.Where(comment => comment is { State: CommentState.Approved, Position: not null });

    /// <summary>Numbers and threads that were given stay given, even when their comments are gone.</summary>
    private CommentCounts Counts() =>
        new(
            Approved().Count(),
            _comments.Select(comment => comment.Number).Append(_counts.Last).Max(),
            _comments.Select(comment => comment.Position?.Thread ?? 0).Append(_counts.Threads).Max()
        );
}

using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// Finds rows of conversations, lists, known writers and waiting markers that are not as the rows of their comments
/// say. Reads the table once; memory holds the comments of one post, and the keys of all others.
/// </summary>
internal sealed class DeviatingCommentRows(BlogStorage storage, CommentTable comments)
{
    private static readonly HashSet<string> OtherPartitions =
    [
        .. CommentLists.Partitions,
        KnownWriterRows.Partition,
        WaitingMarkerRows.Partition,
    ];

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly Dictionary<string, HashSet<string>> _listed = OtherPartitions.ToDictionary(
        name => name,
        _ => new HashSet<string>(StringComparer.Ordinal)
    );
    private readonly List<ExpectedEntry> _expected = [];

    /// <summary>The posts that have comments, after <see cref="FindAsync"/>.</summary>
    public HashSet<PostId> Posts { get; } = [];

    /// <summary>The number of comments, after <see cref="FindAsync"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Finds what deviates.</summary>
    public async IAsyncEnumerable<Deviation> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var partition in ReadPartitionsAsync(cancellationToken))
        {
            if (_listed.TryGetValue(partition.Name, out var keys))
            {
                keys.UnionWith(partition.Rows.Select(row => row.RowKey));
            }
            else if (ExpectedThreadRows.TryRead(partition.Rows) is { } check)
            {
                await ExpectAsync(check.Comments, cancellationToken);
                if (check.FindProblem() is { } problem)
                {
                    yield return new Deviation($"conversation {partition.Name}", problem, stop =>
                        MendAsync(partition.Name, stop)
                    );
                }
            }
        }

        foreach (var deviation in FindEntries())
        {
            yield return deviation;
        }
    }

    /// <summary>Rows come sorted by partition; a partition is given when it is complete.</summary>
    private async IAsyncEnumerable<(string Name, List<TableEntity> Rows)> ReadPartitionsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = new List<TableEntity>();
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            if (rows.Count > 0 && rows[0].PartitionKey != row.PartitionKey)
            {
                yield return (rows[0].PartitionKey, rows);
                rows = [];
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            yield return (rows[0].PartitionKey, rows);
        }
    }

    private async Task ExpectAsync(IEnumerable<Comment> all, CancellationToken cancellationToken)
    {
        var idKey = await comments.GetIdKeyAsync(cancellationToken);
        foreach (var comment in all)
        {
            Count++;
            Posts.Add(comment.Key.Post);
            if (comment.State == CommentState.Waiting || comment.NewText is not null)
            {
                _expected.Add(new(WaitingMarkerRows.Partition, comment.Key.ToString(), comment.Key));
            }

            if (comment.State != CommentState.Waiting)
            {
                var row = CommentLists.RowOf(comment);
                _expected.Add(new(row.PartitionKey, row.RowKey, comment.Key));
            }

            if (comment is { State: CommentState.Approved, Email.Length: > 0, IsByAuthor: false })
            {
                var row = KnownWriterRows.RowOf(idKey, comment);
                _expected.Add(new(row.PartitionKey, row.RowKey, comment.Key));
            }
        }
    }

    private IEnumerable<Deviation> FindEntries()
    {
        foreach (var entry in _expected.Where(entry => !_listed[entry.Partition].Contains(entry.Key)))
        {
            yield return new Deviation(
                $"comment {entry.Comment}",
                entry.Partition switch
                {
                    WaitingMarkerRows.Partition => "it waits, and nothing will look at it",
                    KnownWriterRows.Partition => "its writer is not known",
                    _ => "it is not in the list of its state",
                },
                stop => AddAsync(entry, stop)
            );
        }

        var expected = _expected.Select(entry => (entry.Partition, entry.Key)).ToHashSet();
        foreach (var partition in CommentLists.Partitions)
        {
            foreach (var key in _listed[partition].Where(key => !expected.Contains((partition, key))))
            {
                yield return new Deviation(
                    $"entry {partition} {key}",
                    "its comment is in another state or gone",
                    stop => RemoveAsync(partition, key, stop)
                );
            }
        }
    }

    private async Task<bool> MendAsync(string partition, CancellationToken cancellationToken)
    {
        var rows = await RowRange
            .ReadAsync(_table, partition, "", "~", int.MaxValue, cancellationToken)
            .ToListAsync(cancellationToken);
        foreach (var batch in ExpectedThreadRows.TryRead(rows)?.Mend() ?? [])
        {
            if (!await Row.TryTransactionAsync(_table, batch.Actions, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds an entry that the comment should have now.</summary>
    private async Task<bool> AddAsync(ExpectedEntry entry, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(entry.Comment, cancellationToken) is not { Value: var comment })
        {
            return false;
        }

        switch (entry.Partition)
        {
            case WaitingMarkerRows.Partition:
                await comments.AddMarkerAsync(comment.Key, cancellationToken);
                break;
            case KnownWriterRows.Partition:
                await comments.RememberWriterAsync(comment, cancellationToken);
                break;
            default:
                await new CommentLists(storage).PlaceAsync(comment, cancellationToken);
                break;
        }

        return true;
    }

    private async Task<bool> RemoveAsync(string partition, string key, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(partition, key, cancellationToken: cancellationToken);
        return true;
    }

    private sealed record ExpectedEntry(string Partition, string Key, CommentKey Comment);
}

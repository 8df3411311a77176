using Azure.Data.Tables;

namespace ServerlessBlog.Letters.Replies;

/// <summary>
/// The store of followers: a partition for each thread, <c>thread:{post}-{number}</c>, with a row for each recipient.
/// </summary>
public sealed class FollowerTable(BlogStorage storage)
{
    private readonly TableClient _table = storage.Table(StorageNames.LetterTable);

    /// <summary>Finds a recipient's wish; null when they have none for this thread.</summary>
    public Task<Versioned<Follower>?> FindAsync(
        LetterScope thread,
        string recipient,
        CancellationToken cancellationToken
    ) => Row.FindAsync(_table, PartitionOf(thread), recipient, LetterJson.Default.Follower, cancellationToken);

    /// <summary>Reads all followers of a thread.</summary>
    public async Task<IReadOnlyList<Follower>> ReadAsync(LetterScope thread, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(_table, PartitionOf(thread), "", "~", int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, LetterJson.Default.Follower))
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Changes a recipient's wish, however often somebody else changes it meanwhile; the callback gets null when there
    /// is none. Null deletes it.
    /// </summary>
    public async Task ChangeAsync(
        LetterScope thread,
        string recipient,
        Func<Follower?, Follower?> change,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await FindAsync(thread, recipient, cancellationToken);
            if (change(read?.Value) is not { } changed)
            {
                await _table.DeleteEntityAsync(PartitionOf(thread), recipient, cancellationToken: cancellationToken);
                return;
            }

            if (
                changed == read?.Value
                || await Row.TryWriteAsync(
                    _table,
                    Row.Create(PartitionOf(thread), recipient, changed, LetterJson.Default.Follower),
                    read?.Version,
                    cancellationToken
                )
            )
            {
                return;
            }
        }
    }

    /// <summary>
    /// Deletes all wishes of a recipient: reads the whole table, for the rare case that somebody wants to be erased.
    /// </summary>
    public async Task DeleteAllAsync(string recipient, CancellationToken cancellationToken)
    {
        await foreach (
            var row in _table.QueryAsync<TableEntity>(
                $"RowKey eq '{recipient}' and PartitionKey ge 'thread:' and PartitionKey lt 'thread;'",
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellationToken
            )
        )
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        }
    }

    private static string PartitionOf(LetterScope thread) => $"thread:{thread}";
}

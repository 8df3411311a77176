using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The rows of a comment and its audit entries in the table of <see cref="CommentTable"/>: erases their content or
/// deletes them.
/// </summary>
public sealed class CommentRows(BlogStorage storage)
{
    /// <summary>
    /// Maximum number of actions in a batch
    /// (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions).
    /// </summary>
    private const int MaxBatch = 100;

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);

    /// <summary>
    /// Erases a withdrawn comment. Its row keeps only ids, times, state and position; its audit entries keep only who
    /// decided when. Idempotent.
    /// </summary>
    public async Task EraseAsync(Comment comment, CancellationToken cancellationToken)
    {
        await EraseAuditAsync(comment.Key, cancellationToken);
        var erased = ThreadRows.ToPlaceholder(comment) with { IsErased = true, Decisions = comment.Decisions };
        await _table.UpsertEntityAsync(CommentTable.ToRow(erased), TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>
    /// Reads all comments that were sent with a mail address, of all posts: reads the whole table, for the rare case
    /// that somebody asks what is kept of them.
    /// </summary>
    public IAsyncEnumerable<Comment> ReadByMailAsync(string mail, CancellationToken cancellationToken) =>
        ReadAllAsync(cancellationToken)
            .Where(comment => string.Equals(comment.Email.Trim(), mail.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads all comments of all posts, in any state: reads the whole table.</summary>
    public IAsyncEnumerable<Comment> ReadAllAsync(CancellationToken cancellationToken) =>
        _table
            .QueryAsync<TableEntity>(
                $"RowKey ge '{CommentTable.KeyOf("")}' and RowKey lt '{CommentTable.KeyOf("~")}'",
                cancellationToken: cancellationToken
            )
            .Select(row => Row.Read(row, CommentJson.Default.Comment));

    /// <summary>
    /// Erases what the audit entries of a comment say of it: they keep only who decided when. Idempotent.
    /// </summary>
    public async Task EraseAuditAsync(CommentKey key, CancellationToken cancellationToken)
    {
        var (partition, prefix) = (CommentTable.PartitionOf(key), CommentTable.AuditPrefixOf(key));
        await foreach (
            var row in RowRange.ReadAsync(_table, partition, prefix, prefix + "~", int.MaxValue, cancellationToken)
        )
        {
            var entry = Row.Read(row, CommentJson.Default.AuditEntry) with
            {
                Reasons = [],
                Trace = null,
                Before = null,
            };
            await _table.UpsertEntityAsync(
                Row.Create(row.PartitionKey, row.RowKey, entry, CommentJson.Default.AuditEntry),
                TableUpdateMode.Replace,
                cancellationToken
            );
        }
    }

    /// <summary>
    /// Deletes a comment that is not shown, with its audit entries. A placeholder in the conversation stays. Returns
    /// false when the comment has changed since it was read.
    /// </summary>
    public async Task<bool> DeleteAsync(Versioned<Comment> read, CancellationToken cancellationToken)
    {
        var key = read.Value.Key;
        var (partition, prefix) = (CommentTable.PartitionOf(key), CommentTable.AuditPrefixOf(key));
        var entries = await RowRange
            .ReadKeysAsync(_table, partition, prefix, prefix + "~", cancellationToken)
            .ToListAsync(cancellationToken);

        // Entries that do not fit into the batch go first: once the comment is gone, nothing would look for them.
        foreach (var oldest in entries.SkipLast(MaxBatch - 1))
        {
            await _table.DeleteEntityAsync(partition, oldest, cancellationToken: cancellationToken);
        }

        return await Row.TryTransactionAsync(
            _table,
            [
                Delete(partition, CommentTable.KeyOf(key.Comment), new ETag(read.Version)),
                .. entries.TakeLast(MaxBatch - 1).Select(entry => Delete(partition, entry, ETag.All)),
            ],
            cancellationToken
        );
    }

    private static TableTransactionAction Delete(string partition, string key, ETag version) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, key), version);
}

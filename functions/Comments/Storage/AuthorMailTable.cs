using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The store of what the authors have yet to be told by mail: the row <c>author-mails/window</c> has the time until
/// which no other mail is sent, the partition <c>author-mails-waiting</c> the keys of the comments until then.
/// </summary>
public sealed class AuthorMailTable(BlogStorage storage)
{
    private const string Partition = "author-mails";
    private const string Window = "window";
    private const string Waiting = "author-mails-waiting";
    private const string UntilProperty = "Until";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);

    /// <summary>Reads the time until which no other mail is sent; null when none was ever sent.</summary>
    public async Task<Versioned<DateTimeOffset>?> FindWindowAsync(CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Window,
            cancellationToken: cancellationToken
        );
        return found.HasValue
            ? new Versioned<DateTimeOffset>(
                found.Value!.GetDateTimeOffset(UntilProperty)!.Value,
                found.Value.ETag.ToString()
            )
            : null;
    }

    /// <summary>Writes the time. Returns false when another execution has done so since it was read.</summary>
    public Task<bool> OpenWindowAsync(DateTimeOffset until, string? readVersion, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(
            _table,
            new TableEntity(Partition, Window) { [UntilProperty] = until },
            readVersion,
            cancellationToken
        );

    /// <summary>Adds a comment to those of the next mail. Idempotent.</summary>
    public Task AddAsync(CommentKey comment, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            new TableEntity(Waiting, comment.ToString()),
            TableUpdateMode.Replace,
            cancellationToken
        );

    /// <summary>Reads the comments of the next mail.</summary>
    public async Task<IReadOnlyList<CommentKey>> ReadAsync(CancellationToken cancellationToken) =>
        await RowRange
            .ReadKeysAsync(_table, Waiting, "", "~", cancellationToken)
            .Select(text => CommentKey.TryParse(text, out var key) ? key : default)
            .ToListAsync(cancellationToken);

    /// <summary>Removes a comment that the authors were told of. Idempotent.</summary>
    public Task RemoveAsync(CommentKey comment, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Waiting, comment.ToString(), cancellationToken: cancellationToken);
}

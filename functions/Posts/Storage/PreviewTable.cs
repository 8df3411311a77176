using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// How many times the preview links of a post were stopped, a row <c>preview:{id}</c> in the partition of the posts. A
/// link is signed with the number at its time, and valid while it is the present one.
/// </summary>
public sealed class PreviewTable(BlogStorage storage)
{
    private const string Column = "Stopped";

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);

    /// <summary>Reads the number; 0 when the links were never stopped.</summary>
    public async Task<int> ReadAsync(PostId post, CancellationToken cancellationToken) =>
        (await FindAsync(post, cancellationToken))?.GetInt32(Column) ?? 0;

    /// <summary>Raises the number, so that no link made before is valid.</summary>
    public async Task RaiseAsync(PostId post, CancellationToken cancellationToken)
    {
        TableEntity? read;
        TableEntity row;
        do
        {
            read = await FindAsync(post, cancellationToken);
            row = new TableEntity(PostRows.Partition, KeyFor(post)) { [Column] = (read?.GetInt32(Column) ?? 0) + 1 };
        } while (!await Row.TryWriteAsync(_table, row, read?.ETag.ToString(), cancellationToken));
    }

    private async Task<TableEntity?> FindAsync(PostId post, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            PostRows.Partition,
            KeyFor(post),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? row.Value : null;
    }

    private static string KeyFor(PostId post) => $"preview:{post}";
}

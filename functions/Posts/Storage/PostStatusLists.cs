using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The lists of posts for their authors, which <see cref="PostTable"/> writes: also of posts that readers do not see.
/// An entry names a post, whose own row is authoritative. The cost of a page depends on its length.
/// </summary>
public sealed class PostStatusLists(BlogStorage storage)
{
    /// <summary>The number of rows of one storage call.</summary>
    private const int RowsPerCall = 1000;

    /// <summary>The length of a place: 19 digits, a colon, and an id.</summary>
    private const int PlaceLength = 19 + 1 + 32;

    private const string CheckKey = "status-lists";
    private const string CheckTime = "Checked";

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);

    /// <summary>Reads all posts, in any state.</summary>
    public IAsyncEnumerable<Post> ReadAllAsync(CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(_table, PostRows.Partition, "post:", "post;", int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, PostJson.Default.Post));

    /// <summary>Reads a page of a list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="after">The place to go on after, as sent by the client; null or unusable: from the start.</param>
    /// <param name="most">The maximum number of entries.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<StatusListPage> ReadAsync(
        StatusList list,
        string? after,
        int most,
        CancellationToken cancellationToken
    )
    {
        var rows = await QueryAsync(list, after, most + 1, cancellationToken)
            .Take(most + 1)
            .ToListAsync(cancellationToken);
        var entries = rows.Take(most).Select(row => EntryFrom(list, row)).ToList();
        return new StatusListPage(entries, rows.Count > most ? entries[^1].Place : null);
    }

    /// <summary>Counts the entries of a list, up to <paramref name="most"/>; up to 1,000 take one storage
    /// call.</summary>
    public async Task<int> CountAsync(StatusList list, int most, CancellationToken cancellationToken) =>
        await RowRange
            .ReadKeysAsync(_table, PostRows.Partition, PostStatusRows.PrefixOf(list), EndOf(list), cancellationToken)
            .Take(most)
            .CountAsync(cancellationToken);

    /// <summary>
    /// Removes an entry that names a post that is elsewhere now, unless it has been written since it was read.
    /// </summary>
    public async Task RemoveAsync(StatusListEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(
                PostRows.Partition,
                PostStatusRows.PrefixOf(entry.List) + entry.Place,
                new ETag(entry.Version),
                cancellationToken
            );
        }
        catch (RequestFailedException changed) when (changed.Status == 412) { }
    }

    /// <summary>Reads the ids of posts that the lists do not have: two columns of the row of each post.</summary>
    public async Task<IReadOnlyList<PostId>> FindUnlistedAsync(int most, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {PostRows.Partition} and RowKey ge {"post:"} and RowKey lt {"post;"}"
                ),
                RowsPerCall,
                ["RowKey", PostStatusRows.IsListed],
                cancellationToken
            )
            .Where(row => row.GetBoolean(PostStatusRows.IsListed) is not true)
            .Take(most)
            .Select(row => new PostId(row.RowKey["post:".Length..]))
            .ToListAsync(cancellationToken);

    /// <summary>The time at which <see cref="FindUnlistedAsync"/> found no post for the last time; null:
    /// never.</summary>
    public async Task<DateTimeOffset?> FindLastCheckAsync(CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            PostRows.Partition,
            CheckKey,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? row.Value!.GetDateTimeOffset(CheckTime) : null;
    }

    /// <summary>Stores the time of <see cref="FindLastCheckAsync"/>.</summary>
    public Task SaveLastCheckAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            new TableEntity(PostRows.Partition, CheckKey) { [CheckTime] = time },
            TableUpdateMode.Replace,
            cancellationToken
        );

    private IAsyncEnumerable<TableEntity> QueryAsync(
        StatusList list,
        string? after,
        int most,
        CancellationToken cancellationToken
    )
    {
        var prefix = PostStatusRows.PrefixOf(list);
        return RowRange.ReadAsync(
            _table,
            PostRows.Partition,
            IsPlace(after) ? $"{prefix}{after} " : prefix,
            EndOf(list),
            most,
            cancellationToken
        );
    }

    private static bool IsPlace(string? text) =>
        text is { Length: PlaceLength } && text.All(sign => char.IsAsciiHexDigitLower(sign) || sign == ':');

    private static string EndOf(StatusList list) => PostStatusRows.PrefixOf(list)[..^1] + ';';

    private static StatusListEntry EntryFrom(StatusList list, TableEntity row) =>
        new(list, row.RowKey[PostStatusRows.PrefixOf(list).Length..], row.ETag.ToString());
}

using Azure.Data.Tables;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Search.Index;

/// <summary>
/// Which file is the index, and which posts have changed since it was built: rows beside those of the posts, so that
/// one query reads them and one transaction replaces them.
/// </summary>
public sealed class SearchIndexTable(BlogStorage storage)
{
    /// <summary>The number of actions in a transaction of the service.</summary>
    private const int MaxActions = 100;

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Reads for readers which file is the index; null when there is none yet.</summary>
    public async Task<SearchIndexState?> FindAsync(CancellationToken cancellationToken) =>
        (
            await Row.FindAsync(
                _forReaders,
                PostRows.Partition,
                PostRows.IndexKey,
                SearchJson.Default.SearchIndexState,
                cancellationToken
            )
        )?.Value;

    /// <summary>Reads the state of the index and the changes that wait, the oldest first.</summary>
    /// <param name="most">The maximum number of changes.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<WaitingChanges> ReadAsync(int most, CancellationToken cancellationToken)
    {
        var rows = await RowRange
            .ReadAsync(_table, PostRows.Partition, PostRows.IndexKey, PostRows.IndexEnd, most + 2, cancellationToken)
            .Take(most + 2)
            .ToListAsync(cancellationToken);
        var state = rows is [{ RowKey: PostRows.IndexKey } row, ..]
            ? new Versioned<SearchIndexState>(Row.Read(row, SearchJson.Default.SearchIndexState), row.ETag.ToString())
            : null;
        var keys = rows.Select(found => found.RowKey).Where(key => key != PostRows.IndexKey).ToList();
        PostId? next = keys.Count > most ? PostRows.ChangedPostIn(keys[most]) : null;
        return new WaitingChanges(state, [.. keys.Take(most)], next);
    }

    /// <summary>
    /// Writes the state of the index, unless another execution did so since it was read. Returns its ETag, or null.
    /// </summary>
    public Task<string?> WriteAsync(
        SearchIndexState state,
        string? readVersion,
        IEnumerable<string> doneKeys,
        CancellationToken cancellationToken
    ) =>
        Row.TrySubmitAsync(
            _table,
            doneKeys
                .Take(MaxActions - 1)
                .Select(DeleteChange)
                .Prepend(
                    Row.Write(
                        Row.Create(PostRows.Partition, PostRows.IndexKey, state, SearchJson.Default.SearchIndexState),
                        readVersion
                    )
                ),
            cancellationToken
        );

    /// <summary>
    /// Removes the changes that did not fit into the transaction of <see cref="WriteAsync"/>. Those that remain after a
    /// crash are made once more.
    /// </summary>
    public async Task RemoveRestAsync(IEnumerable<string> doneKeys, CancellationToken cancellationToken)
    {
        foreach (var keys in doneKeys.Skip(MaxActions - 1).Chunk(MaxActions))
        {
            await Row.TryTransactionAsync(_table, keys.Select(DeleteChange), cancellationToken);
        }
    }

    /// <summary>Notes all posts as changed, or those whose row was written since a time.</summary>
    /// <param name="since">The time; null for all.</param>
    /// <param name="cancellationToken">Cancels the work; called again, it begins anew.</param>
    public async Task NoteChangesAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var all = TableClient.CreateQueryFilter(
            $"PartitionKey eq {PostRows.Partition} and RowKey ge {"post:"} and RowKey lt {"post;"}"
        );
        var filter = since is { } time ? $"{all} and {TableClient.CreateQueryFilter($"Timestamp ge {time}")}" : all;
        var posts = await _table
            .QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken)
            .Select(row => new PostId(row.RowKey["post:".Length..]))
            .ToListAsync(cancellationToken);
        foreach (var part in posts.Chunk(MaxActions))
        {
            await _table.SubmitTransactionAsync(part.Select(PostRows.NoteChange), cancellationToken);
        }
    }

    private static TableTransactionAction DeleteChange(string key) =>
        new(TableTransactionActionType.Delete, new TableEntity(PostRows.Partition, key), Azure.ETag.All);
}

/// <summary>Which file is the index.</summary>
/// <param name="File">The name of the blob; null before the first one is built.</param>
/// <param name="Schema">The <see cref="SearchDatabase.Schema"/> of the file.</param>
/// <param name="Built">When it was built.</param>
/// <param name="BuildingUntil">
/// Until when an execution builds the next one; null when none does. After a crash, another one begins then.
/// </param>
public sealed record SearchIndexState(string? File, int Schema, DateTimeOffset Built, DateTimeOffset? BuildingUntil);

/// <summary>The state of the index, and what it does not have yet.</summary>
/// <param name="State">The state with its ETag; null when there is no index.</param>
/// <param name="Keys">The row keys of changes, the oldest first.</param>
/// <param name="Next">The post of the first change that is not among them; null when these are all.</param>
public sealed record WaitingChanges(Versioned<SearchIndexState>? State, IReadOnlyList<string> Keys, PostId? Next)
{
    /// <summary>The posts that have changed.</summary>
    public IEnumerable<PostId> Posts => Keys.Select(PostRows.ChangedPostIn).Distinct();
}

/// <summary>The JSON of rows of this folder.</summary>
[JsonSerializable(typeof(SearchIndexState))]
internal sealed partial class SearchJson : JsonSerializerContext;

using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The lists of comments by state, latest first: one partition for each state, <c>state:{state}</c>; the list of
/// waiting comments is that of their markers. A list is written after the decision, so it may lag behind: the row of
/// the comment is authoritative.
/// </summary>
public sealed class CommentLists(BlogStorage storage)
{
    /// <summary>The partitions of the lists of decided comments.</summary>
    internal static readonly string[] Partitions =
    [
        .. Enum.GetValues<CommentState>().Where(state => state != CommentState.Waiting).Select(PartitionOf),
    ];

    private const string KeyProperty = "Comment";
    private const string RetentionPartition = "retention";
    private const string AddressesKey = "addresses";
    private const string TimeProperty = "Time";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.CommentTable);

    /// <summary>Adds a comment to the list of its state, unless it waits. Idempotent.</summary>
    public async Task PlaceAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (comment.State != CommentState.Waiting)
        {
            await _table.UpsertEntityAsync(RowOf(comment), TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>The row of a comment in the list of its state.</summary>
    internal static TableEntity RowOf(Comment comment) =>
        new(PartitionOf(comment.State), PlaceOf(comment)) { [KeyProperty] = comment.Key.ToString() };

    /// <summary>
    /// Adds a comment to the list of its new state, then removes it from the list of the state before, so that it is
    /// always in one. Idempotent.
    /// </summary>
    public async Task MoveAsync(Comment before, Comment now, CancellationToken cancellationToken)
    {
        await PlaceAsync(now, cancellationToken);
        if (before.State != CommentState.Waiting && (before.State, PlaceOf(before)) != (now.State, PlaceOf(now)))
        {
            await RemoveAsync(before.State, PlaceOf(before), cancellationToken);
        }
    }

    /// <summary>Removes an entry from a list. Idempotent.</summary>
    public Task RemoveAsync(CommentState state, string place, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(PartitionOf(state), place, cancellationToken: cancellationToken);

    /// <summary>Reads entries of a list, latest first. Their comments may have left the state meanwhile.</summary>
    /// <param name="state">The state, which names the list.</param>
    /// <param name="after">
    /// The <see cref="StateListEntry.Place"/> to continue after; null to begin at the start.
    /// </param>
    /// <param name="most">Maximum number of entries; up to 1,000 take one storage call.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<StateListEntry>> ReadAsync(
        CommentState state,
        string? after,
        int most,
        CancellationToken cancellationToken
    ) => await ReadAsync(_table, state, after is null ? "" : after + " ", most, cancellationToken);

    /// <summary>Reads the first entries of a list, as <see cref="ReadAsync(CommentState, string?, int,
    /// CancellationToken)"/> does, with the retry profile of reading.</summary>
    public Task<IReadOnlyList<StateListEntry>> ReadForReaderAsync(
        CommentState state,
        int most,
        CancellationToken cancellationToken
    ) => ReadAsync(_forReaders, state, "", most, cancellationToken);

    private static async Task<IReadOnlyList<StateListEntry>> ReadAsync(
        TableClient table,
        CommentState state,
        string from,
        int most,
        CancellationToken cancellationToken
    ) =>
        await RowRange
            .ReadAsync(table, PartitionOf(state), from, "~", most, cancellationToken)
            .Take(most)
            .Select(row => new StateListEntry(
                row.RowKey,
                CommentKey.TryParse(row.GetString(KeyProperty) ?? row.RowKey, out var key) ? key : default
            ))
            .ToListAsync(cancellationToken);

    /// <summary>Reads the entries of comments that entered the state before a time, latest first.</summary>
    public async Task<IReadOnlyList<StateListEntry>> ReadBeforeAsync(
        CommentState state,
        DateTimeOffset time,
        CancellationToken cancellationToken
    ) => await ReadAsync(state, RowRange.NewestFirst(time), int.MaxValue, cancellationToken);

    /// <summary>Reads the entries of comments that entered the state in a period, latest first.</summary>
    public IAsyncEnumerable<CommentKey> ReadPeriodAsync(
        CommentState state,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    ) =>
        RowRange
            .ReadAsync(
                _table,
                PartitionOf(state),
                RowRange.NewestFirst(to),
                RowRange.NewestFirst(from) + "~",
                int.MaxValue,
                cancellationToken
            )
            .Select(row => CommentKey.TryParse(row.GetString(KeyProperty) ?? row.RowKey, out var key) ? key : default);

    /// <summary>
    /// Reads until when the addresses in comments were deleted (<see cref="SaveForgottenUntilAsync"/>); the beginning
    /// of time when none were.
    /// </summary>
    public async Task<DateTimeOffset> ReadForgottenUntilAsync(CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            RetentionPartition,
            AddressesKey,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? row.Value!.GetDateTimeOffset(TimeProperty)!.Value : DateTimeOffset.UnixEpoch;
    }

    /// <summary>Notes until when the addresses in comments were deleted.</summary>
    public Task SaveForgottenUntilAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            new TableEntity(RetentionPartition, AddressesKey) { [TimeProperty] = time },
            TableUpdateMode.Replace,
            cancellationToken
        );

    /// <summary>
    /// Counts the entries of a list, up to <paramref name="most"/>; up to 1,000 take one storage call.
    /// </summary>
    public async Task<int> CountAsync(CommentState state, int most, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(_table, PartitionOf(state), "", "~", most, cancellationToken)
            .Take(most)
            .CountAsync(cancellationToken);

    /// <summary>Whether the entry of a list is still that of the comment.</summary>
    public static bool IsAt(CommentState state, StateListEntry entry, Comment comment) =>
        comment.State == state && PlaceOf(comment) == entry.Place;

    /// <summary>Returns the row key of a comment in the list of its state.</summary>
    public static string PlaceOf(Comment comment) =>
        comment.State == CommentState.Waiting
            ? comment.Key.ToString()
            : $"{RowRange.NewestFirst(comment.Decided ?? comment.Created)}:{comment.Key}";

    private static string PartitionOf(CommentState state) =>
        state == CommentState.Waiting ? WaitingMarkerRows.Partition : $"state:{state}";
}

/// <summary>An entry of a list of comments.</summary>
/// <param name="Place">The row key, which determines the order: see <see cref="CommentLists.PlaceOf"/>.</param>
/// <param name="Comment">The key of the comment, which may have left the state meanwhile.</param>
public sealed record StateListEntry(string Place, CommentKey Comment);

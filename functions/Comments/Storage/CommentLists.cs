using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// Which comments are in which state, those first that came into it last: a partition for each state, <c>state:{state}</c>; of those that wait, their markers.
/// Written after the decision, so it may lag behind: whoever lists looks at each comment's own row, which is right.
/// </summary>
public sealed class CommentLists(BlogStorage storage)
{
    private const string Key = "Comment";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);

    /// <summary>Puts a comment into the list of its state. Doing it again changes nothing.</summary>
    public async Task PlaceAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (comment.State != CommentState.Waiting)
        {
            await _table.UpsertEntityAsync(
                new TableEntity(PartitionOf(comment.State), PlaceOf(comment)) { [Key] = comment.Key.ToString() },
                TableUpdateMode.Replace,
                cancellationToken
            );
        }
    }

    /// <summary>Puts a comment into the list of its state, then takes it out of the one that it was in: so it is always in one.</summary>
    public async Task MoveAsync(Comment before, Comment now, CancellationToken cancellationToken)
    {
        await PlaceAsync(now, cancellationToken);
        if (before.State != CommentState.Waiting && (before.State, PlaceOf(before)) != (now.State, PlaceOf(now)))
        {
            await RemoveAsync(before.State, PlaceOf(before), cancellationToken);
        }
    }

    /// <summary>Takes a place out of a list.</summary>
    public Task RemoveAsync(CommentState state, string place, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(PartitionOf(state), place, cancellationToken: cancellationToken);

    /// <summary>Some places of a list. What each names may have left the state meanwhile.</summary>
    /// <param name="state">The list.</param>
    /// <param name="after">The place before them, see <see cref="PlaceOf"/>; null for the beginning.</param>
    /// <param name="most">So many at most; up to 1,000 are one call.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<StateListEntry>> ReadAsync(
        CommentState state,
        string? after,
        int most,
        CancellationToken cancellationToken
    ) =>
        await Row.RangeAsync(_table, PartitionOf(state), after is null ? "" : after + " ", "~", most, cancellationToken)
            .Take(most)
            .Select(row => new StateListEntry(
                row.RowKey,
                CommentKey.TryParse(row.GetString(Key) ?? row.RowKey, out var key) ? key : default
            ))
            .ToListAsync(cancellationToken);

    /// <summary>The places of a list whose comments came into the state before a time, the oldest last.</summary>
    public async Task<IReadOnlyList<StateListEntry>> BeforeAsync(
        CommentState state,
        DateTimeOffset time,
        CancellationToken cancellationToken
    ) => await ReadAsync(state, Row.NewestFirst(time), int.MaxValue, cancellationToken);

    /// <summary>How many comments a list has; counts to so many at most, up to 1,000: one call.</summary>
    public async Task<int> CountAsync(CommentState state, int most, CancellationToken cancellationToken) =>
        await Row.RangeAsync(_table, PartitionOf(state), "", "~", most, cancellationToken)
            .Take(most)
            .CountAsync(cancellationToken);

    /// <summary>Whether a comment is still what stands at a place of a list.</summary>
    public static bool IsAt(CommentState state, StateListEntry entry, Comment comment) =>
        comment.State == state && PlaceOf(comment) == entry.Place;

    /// <summary>Where a comment stands in the list of its state.</summary>
    public static string PlaceOf(Comment comment) =>
        comment.State == CommentState.Waiting
            ? comment.Key.ToString()
            : $"{Row.NewestFirst(comment.Decided ?? comment.Created)}:{comment.Key}";

    private static string PartitionOf(CommentState state) =>
        state == CommentState.Waiting ? CommentTable.Waiting : $"state:{state}";
}

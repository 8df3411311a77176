using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The rows in partition <c>waiting</c>: the waiting markers of all posts, by the key of the comment.
/// </summary>
internal sealed class WaitingMarkerRows(TableClient table, TimeProvider clock)
{
    /// <summary>The partition of the waiting markers.</summary>
    public const string Partition = "waiting";

    private static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxCheckInterval = TimeSpan.FromHours(1);

    /// <summary>Writes a marker with its first check in 30 s, over any that is there.</summary>
    public Task WriteAsync(CommentKey key, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            ToRow(new WaitingMarker(key, clock.GetUtcNow(), clock.GetUtcNow() + FirstCheck, Checks: 0)),
            TableUpdateMode.Replace,
            cancellationToken
        );

    /// <summary>Reads all markers.</summary>
    public IAsyncEnumerable<Versioned<WaitingMarker>> ReadAsync() =>
        RowRange
            .ReadAsync(table, Partition, "", "~", int.MaxValue, CancellationToken.None)
            .Select(row => new Versioned<WaitingMarker>(
                Row.Read(row, CommentJson.Default.WaitingMarker),
                row.ETag.ToString()
            ));

    /// <summary>
    /// Sets the next check to 1 minute from now the first time, doubled each time, at most 1 hour. Does nothing when
    /// the marker has changed or gone since it was read.
    /// </summary>
    public Task PostponeAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken)
    {
        var marker = read.Value;
        var interval = TimeSpan.FromTicks(
            Math.Min(MaxCheckInterval.Ticks, FirstCheck.Ticks << Math.Min(marker.Checks + 1, 10))
        );
        var postponed = marker with { NextCheck = clock.GetUtcNow() + interval, Checks = marker.Checks + 1 };
        return Row.TryWriteAsync(table, ToRow(postponed), read.Version, cancellationToken);
    }

    /// <summary>Removes a marker. Idempotent.</summary>
    public Task RemoveAsync(CommentKey key, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Partition, key.ToString(), cancellationToken: cancellationToken);

    /// <summary>Removes a marker unless it was written again since it was read.</summary>
    public async Task RemoveUnchangedAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken)
    {
        try
        {
            var key = read.Value.Comment.ToString();
            await table.DeleteEntityAsync(Partition, key, new ETag(read.Version), cancellationToken);
        }
        catch (RequestFailedException problem) when (problem.Status == 412)
        {
            // The marker was written again.
        }
    }

    private static TableEntity ToRow(WaitingMarker marker) =>
        Row.Create(Partition, marker.Comment.ToString(), marker, CommentJson.Default.WaitingMarker);
}

using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The rows in partition <c>waiting</c>: the waiting markers of all posts, by the key of the comment.
/// </summary>
internal sealed class WaitingMarkerRows(TableClient table, WaitingChecks checks, TimeProvider clock)
{
    /// <summary>The partition of the waiting markers.</summary>
    public const string Partition = "waiting";

    /// <summary>
    /// Writes a marker with its first check in 30 s, over any that is there. Before, it makes sure that a message is on
    /// its way that checks then.
    /// </summary>
    public async Task WriteAsync(CommentKey key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await checks.SendAsync(key.Post, now, cancellationToken);
        await table.UpsertEntityAsync(
            ToRow(new WaitingMarker(key, now, now + WaitingMarker.FirstCheck, Checks: 0)),
            TableUpdateMode.Replace,
            cancellationToken
        );
    }

    /// <summary>Reads the markers whose keys begin with a text: all when it is empty.</summary>
    public IAsyncEnumerable<Versioned<WaitingMarker>> ReadAsync(string prefix) =>
        RowRange
            .ReadAsync(table, Partition, prefix, prefix + "~", int.MaxValue, CancellationToken.None)
            .Select(row => new Versioned<WaitingMarker>(
                Row.Read(row, CommentJson.Default.WaitingMarker),
                row.ETag.ToString()
            ));

    /// <summary>
    /// Sets the next check to <see cref="WaitingMarker.Pause"/> from now. Does nothing when the marker has changed or
    /// gone since it was read.
    /// </summary>
    public Task PostponeAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken)
    {
        var marker = read.Value;
        var postponed = marker with { NextCheck = clock.GetUtcNow() + marker.Pause, Checks = marker.Checks + 1 };
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

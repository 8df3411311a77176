using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Queues comments again that wait longer than their message takes, in case it was never sent or was lost: for a post
/// when a check of it arrives, for all posts every hour, in case that was lost too.
/// </summary>
/// <remarks>
/// Invariant: before a waiting marker is written or its next check is set to less than an hour ahead, a message was
/// sent that arrives at that time (<see cref="WaitingChecks"/>).
/// </remarks>
public sealed class LostComments(CommentTable comments, ModerationQueueClient queue, TimeProvider clock) : IHourlyTask
{
    /// <summary>
    /// The age from which a marker without a comment is removed: 1 hour. Its request failed before the comment was
    /// stored, and the writer was not told that it had been accepted.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>How far the clocks of two instances may differ: 5 s.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>Checks the waiting comments of all posts.</summary>
    /// <param name="cancellationToken">Stops the check; the next one does the rest.</param>
    public Task RunAsync(CancellationToken cancellationToken) =>
        CheckAsync(comments.ReadMarkersAsync(), cancellationToken);

    /// <summary>Checks the waiting comments of a post.</summary>
    public Task CheckAsync(PostId post, CancellationToken cancellationToken) =>
        CheckAsync(comments.ReadMarkersAsync(post), cancellationToken);

    private async Task CheckAsync(
        IAsyncEnumerable<Versioned<WaitingMarker>> markers,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var nextChecks = new HashSet<(PostId, TimeSpan)>();
        await foreach (var read in markers.WithCancellation(cancellationToken))
        {
            var marker = read.Value;
            if (
                now - marker.Since > Abandoned
                && await comments.FindPatientlyAsync(marker.Comment, cancellationToken) is null
            )
            {
                await comments.RemoveUnchangedMarkerAsync(read, cancellationToken);
            }
            else if (marker.NextCheck <= now + ClockSkew)
            {
                var post = marker.Comment.Post;
                if (marker.Pause < WaitingMarker.MaxPause && nextChecks.Add((post, marker.Pause)))
                {
                    await queue.SendCheckAsync(post, marker.Pause, cancellationToken);
                }

                await queue.SendAsync(marker.Comment, cancellationToken);
                await comments.PostponeAsync(read, cancellationToken);
            }
        }
    }
}

using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Runs every 30 s: queues waiting comments again, in case their message was never sent or was lost.</summary>
public sealed class SweepComments(CommentTable comments, ModerationQueueClient queue, TimeProvider clock)
{
    /// <summary>
    /// The age from which a marker without a comment is removed: 1 hour. Its request failed before the comment was
    /// stored, and the writer was not told that it had been accepted.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">Stops the work; the rest is done at the next run.</param>
    [Function(nameof(SweepComments))]
    public async Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var read in comments.ReadMarkersAsync().WithCancellation(cancellationToken))
        {
            var marker = read.Value;
            if (
                now - marker.Since > Abandoned
                && await comments.FindPatientlyAsync(marker.Comment, cancellationToken) is null
            )
            {
                await comments.RemoveUnchangedMarkerAsync(read, cancellationToken);
            }
            else if (marker.NextCheck <= now)
            {
                await queue.SendAsync(marker.Comment, cancellationToken);
                await comments.PostponeAsync(read, cancellationToken);
            }
        }
    }
}

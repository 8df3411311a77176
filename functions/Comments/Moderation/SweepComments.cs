using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Every 30 s: announces again the comments that still wait, in case their message never came.</summary>
public sealed class SweepComments(CommentTable comments, ModerationQueueClient queue, TimeProvider clock)
{
    /// <summary>A mark whose comment never came belongs to a request that died before it answered: nothing was promised.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <param name="timer">The host's clock.</param>
    /// <param name="cancellationToken">Stops the work; what is left is done the next time.</param>
    [Function(nameof(SweepComments))]
    public async Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var read in comments.WaitingAsync().WithCancellation(cancellationToken))
        {
            var marker = read.Value;
            if (
                now - marker.Since > Abandoned
                && await comments.FindPatientlyAsync(marker.Comment, cancellationToken) is null
            )
            {
                await comments.DropAsync(read, cancellationToken);
            }
            else if (marker.NextCheck <= now)
            {
                await queue.SendAsync(marker.Comment, cancellationToken);
                await comments.PutOffAsync(read, cancellationToken);
            }
        }
    }
}

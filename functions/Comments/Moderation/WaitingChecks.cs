using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Sends the messages that check on waiting comments, before their markers are written: at most one for each post and
/// half-minute in this instance, however many comments come. Thread-safe.
/// </summary>
internal sealed class WaitingChecks(ModerationQueueClient queue)
{
    /// <summary>The length of the intervals that share a message: 30 s.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<PostId, Task> _sends = [];
    private long _interval;

    /// <summary>
    /// Makes sure that a check comes when the markers of this half-minute are due (<see cref="WaitingMarker.FirstCheck"
    /// />): 30 to 60 s from now. Completes when its message was sent, by this call or by an earlier one.
    /// </summary>
    /// <param name="post">The post.</param>
    /// <param name="now">The time that the marker will have.</param>
    /// <param name="cancellationToken">Ends the wait, not the send, since other callers may wait for it.</param>
    public Task SendAsync(PostId post, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var interval = now.UtcTicks / Interval.Ticks;
            if (interval != _interval)
            {
                _sends.Clear();
                _interval = interval;
            }

            if (!_sends.TryGetValue(post, out var send) || send.IsFaulted)
            {
                var end = new DateTimeOffset((interval + 1) * Interval.Ticks, TimeSpan.Zero);
                var delay = MessageTimes.DelayUntil(end + WaitingMarker.FirstCheck, now);
                _sends[post] = send = queue.SendCheckAsync(post, delay, CancellationToken.None);
            }

            return send.WaitAsync(cancellationToken);
        }
    }
}

namespace ServerlessBlog.Notifications;

/// <summary>
/// Every hour: logs an error for each notification that has been unsent for an hour, and queues
/// again what should have been tried since, because its message was lost.
/// </summary>
public sealed partial class LateNotifications(
    NotificationTable notifications,
    NotificationQueueClient queue,
    TimeProvider clock,
    ILogger<LateNotifications> logger
) : IHourlyTask
{
    /// <summary>The time after which the message of an attempt that is due counts as lost: 10 min.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (now, late) = (clock.GetUtcNow(), 0);
        await foreach (var (id, created) in notifications.ReadUnsentAsync(cancellationToken))
        {
            if (now - created > NotificationDelivery.LateAfter)
            {
                late += await CheckAsync(id, now - created, now, cancellationToken) ? 1 : 0;
            }
        }

        BlogTelemetry.LateMailsCounted(late);
    }

    /// <summary>Returns whether the notification is late.</summary>
    private async Task<bool> CheckAsync(
        string id,
        TimeSpan age,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (await notifications.FindAsync(id, cancellationToken) is not { Value: var notification })
        {
            // It may be about to be added, until nobody would deliver it any more.
            if (age > Notification.RetryPeriod)
            {
                await notifications.RemoveUnsentAsync(id, cancellationToken);
            }

            return false;
        }

        if (notification.IsSettled)
        {
            await notifications.RemoveUnsentAsync(id, cancellationToken);
            return false;
        }

        LogLate(TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)), id);
        if (notification.IsDue(now - LostAfter))
        {
            await queue.SendAsync(id, delay: null, cancellationToken);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = SendNotification.LateMessagePrefix + " for {Age}: {Id}.")]
    private partial void LogLate(TimeSpan age, string id);
}

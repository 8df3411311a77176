namespace ServerlessBlog.Notifications;

/// <summary>
/// Every hour: logs an error for each notification that has been unsent for an hour, which alert rules look for, and
/// queues again what should have been tried since, because its message was lost.
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
        var now = clock.GetUtcNow();
        await foreach (var (id, created) in notifications.ReadUnsentAsync(cancellationToken))
        {
            if (now - created > NotificationDelivery.LateAfter)
            {
                await CheckAsync(id, now - created, now, cancellationToken);
            }
        }
    }

    private async Task CheckAsync(string id, TimeSpan age, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await notifications.FindAsync(id, cancellationToken) is not { Value: var notification })
        {
            // It may be about to be added, until nobody would deliver it any more.
            if (age > Notification.RetryPeriod)
            {
                await notifications.RemoveUnsentAsync(id, cancellationToken);
            }

            return;
        }

        if (notification.IsSettled)
        {
            await notifications.RemoveUnsentAsync(id, cancellationToken);
            return;
        }

        LogLate(TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)), id);
        if (notification.IsDue(now - LostAfter))
        {
            await queue.SendAsync(id, delay: null, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = SendNotification.LateMessagePrefix + " for {Age}: {Id}.")]
    private partial void LogLate(TimeSpan age, string id);
}

namespace ServerlessBlog.Notifications;

/// <summary>
/// Daily: deletes the notifications that were sent or given up <see cref="KeepFor"/> ago, with the addresses and texts
/// in them.
/// </summary>
public sealed class ForgetNotifications(NotificationTable notifications, TimeProvider clock) : IDailyTask
{
    /// <summary>How long a notification is kept after it was created: 30 days, far longer than it is tried.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - KeepFor;
        await foreach (var notification in notifications.ReadAsync(cancellationToken))
        {
            if (notification.IsSettled && notification.Created < before)
            {
                if (notification.State == NotificationState.Failed)
                {
                    await notifications.RemoveFailedAsync(notification, cancellationToken);
                }

                await notifications.RemoveAsync(notification.Id, cancellationToken);
            }
        }
    }
}

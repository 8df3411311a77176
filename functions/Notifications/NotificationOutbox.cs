namespace ServerlessBlog.Notifications;

/// <summary>Accepts notifications for delivery.</summary>
public sealed class NotificationOutbox(NotificationTable notifications, NotificationQueueClient queue)
{
    /// <summary>
    /// Stores and queues a notification. Adding another with the same id changes nothing: the first one is sent, once.
    /// </summary>
    /// <remarks>
    /// The queue message is sent each time, in case the first call failed after storing. After an exception, call
    /// again.
    /// </remarks>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; the notification may be sent all the same.
    /// </exception>
    public async Task AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        await notifications.AddAsync(notification, cancellationToken);
        await queue.SendAsync(notification.Id, delay: null, cancellationToken);
    }

    /// <summary>Deletes a notification, sent or not; a mail that was sent cannot be recalled. Idempotent.</summary>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; it may be deleted all the same.
    /// </exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        notifications.RemoveAsync(id, cancellationToken);
}

namespace ServerlessBlog.Notifications;

/// <summary>Accepts notifications for delivery.</summary>
public sealed class NotificationOutbox(
    NotificationTable notifications,
    NotificationQueueClient queue,
    NotificationDelivery delivery
) : IDisposable
{
    /// <summary>
    /// The number of notifications that are sent at the same time when they are added: 4. A mail server that does not
    /// respond delays no more executions than these; the others leave theirs to <see cref="SendNotification"/>.
    /// </summary>
    public const int MaxAtOnce = 4;

    private readonly SemaphoreSlim _sending = new(MaxAtOnce);

    /// <summary>
    /// Stores a notification and sends it, or queues it when others are being sent or the attempt fails. Adding another
    /// with the same id changes nothing: the first one is sent, once.
    /// </summary>
    /// <remarks>After an exception, call again: the first call may have failed after storing.</remarks>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; the notification may be sent all the same.
    /// </exception>
    public async Task AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (!await _sending.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            await QueueAsync(notification, cancellationToken);
            return;
        }

        try
        {
            await delivery.AddAsync(notification, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>
    /// Stores a notification and leaves the sending to <see cref="SendNotification"/>. Adding another with the same id
    /// changes nothing.
    /// </summary>
    public async Task QueueAsync(Notification notification, CancellationToken cancellationToken)
    {
        await notifications.AddAsync(notification, cancellationToken);
        await queue.SendAsync(notification.Id, delay: null, cancellationToken);
    }

    /// <summary>Whether a notification with this id was added, sent or not.</summary>
    public async Task<bool> HasAsync(string id, CancellationToken cancellationToken) =>
        await notifications.FindAsync(id, cancellationToken) is not null;

    /// <summary>Deletes a notification, sent or not; a mail that was sent cannot be recalled. Idempotent.</summary>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; it may be deleted all the same.
    /// </exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        notifications.RemoveAsync(id, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _sending.Dispose();
}

namespace ServerlessBlog.Notifications;

/// <summary>
/// Queue function: sends a notification that was not sent when it was added, or another time after a failed attempt. It
/// is sent once, however often its messages are delivered: see <see cref="NotificationDelivery"/>. Also hands messages
/// to the <see cref="INotificationSource"/> whose they are.
/// </summary>
public sealed class SendNotification(NotificationDelivery delivery, IEnumerable<INotificationSource> sources)
{
    /// <summary>The beginning of the log message about a late notification.</summary>
    public const string LateMessagePrefix = "A notice has been unsent";

    /// <param name="message">The id of the notification, or the message of a source.</param>
    /// <param name="cancellationToken">Stops the work; the notification is tried again when the claim expires.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; the message is delivered again.
    /// </exception>
    [Function("SendNotice")]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.NotificationQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in sources)
        {
            if (await source.TryHandleAsync(message, cancellationToken))
            {
                return;
            }
        }

        await delivery.DeliverAsync(message, cancellationToken);
    }
}

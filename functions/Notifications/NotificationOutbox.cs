namespace ServerlessBlog.Notifications;

/// <summary>Where the other rooms hand in what people are to be told.</summary>
public sealed class NotificationOutbox(NotificationTable notifications, NotificationQueueClient queue)
{
    /// <summary>Has people told, once however often the same notice is given: the first one counts.</summary>
    /// <remarks>The message is sent each time, in case the first time failed between the two. Give it again after an exception.</remarks>
    /// <exception cref="Azure.RequestFailedException">Storage refused or was not reached; people may be told all the same.</exception>
    public async Task AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        await notifications.AddAsync(notification, cancellationToken);
        await queue.SendAsync(notification.Id, delay: null, cancellationToken);
    }

    /// <summary>Takes a notice back, sent or not; what was mailed stays mailed. Taking it back again changes nothing.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage refused or was not reached; it may be gone all the same.</exception>
    public Task WithdrawAsync(string id, CancellationToken cancellationToken) =>
        notifications.RemoveAsync(id, cancellationToken);
}

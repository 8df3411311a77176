using Azure.Storage.Queues;

namespace ServerlessBlog.Notifications;

/// <summary>Sends messages to the queue of notifications to be sent by <see cref="SendNotification"/>.</summary>
public sealed class NotificationQueueClient(BlogStorage storage)
{
    /// <summary>
    /// Messages that never expire. By default they do after 7 days, and the notifications of a blog that was stopped
    /// for that long would never be sent.
    /// </summary>
    private static readonly TimeSpan NoExpiry = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = storage.Queue(StorageNames.NotificationQueue);

    /// <summary>Queues a notification for <see cref="SendNotification"/>.</summary>
    /// <param name="id">The id of the notification.</param>
    /// <param name="delay">
    /// The delay before the message is visible, in whole seconds, at most 7 days; null for none.
    /// </param>
    /// <param name="cancellationToken">Stops sending; the message may have been sent.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; the message may have been sent.
    /// </exception>
    public Task SendAsync(string id, TimeSpan? delay, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            id,
            visibilityTimeout: delay,
            timeToLive: NoExpiry,
            cancellationToken: cancellationToken
        );
}

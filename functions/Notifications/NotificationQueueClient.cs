using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Notifications;

/// <summary>Notices to be sent, now or later.</summary>
public sealed class NotificationQueueClient(BlogStorage storage)
{
    /// <summary>Left alone a message is gone after 7 days, and with it the notice of a blog that was stopped for that long.</summary>
    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = storage.Queue(StorageNames.NoticeQueue);

    /// <summary>Has <see cref="SendNotification"/> look at the notice.</summary>
    /// <param name="id">The notice's id.</param>
    /// <param name="delay">Not before this long from now: whole seconds, at most 7 days. Null: at once.</param>
    /// <param name="cancellationToken">Stops sending; the message may have been sent.</param>
    /// <exception cref="Azure.RequestFailedException">Storage refused or was not reached; the message may have been sent.</exception>
    public Task SendAsync(string id, TimeSpan? delay, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            id,
            visibilityTimeout: delay,
            timeToLive: ForEver,
            cancellationToken: cancellationToken
        );
}

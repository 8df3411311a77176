using Azure;
using Azure.Storage.Queues;

namespace ServerlessBlog.Notifications;

/// <summary>Sends messages to the queue of notifications to be sent by <see cref="SendNotification"/>.</summary>
public sealed class NotificationQueueClient(BlogStorage storage)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.NotificationQueue);

    /// <summary>Queues a notification for <see cref="SendNotification"/>.</summary>
    /// <param name="id">The id of the notification.</param>
    /// <param name="delay">
    /// The delay before the message is visible, in whole seconds, at most 7 days; null for none.
    /// </param>
    /// <param name="cancellationToken">Stops sending; the message may have been sent.</param>
    /// <returns>What <see cref="DeleteAsync"/> needs.</returns>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; the message may have been sent.
    /// </exception>
    public async Task<SentCheck> SendAsync(string id, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var sent = await _queue.SendMessageAsync(
            id,
            visibilityTimeout: delay,
            timeToLive: MessageTimes.NoExpiry,
            cancellationToken: cancellationToken
        );
        return new SentCheck(sent.Value.MessageId, sent.Value.PopReceipt);
    }

    /// <summary>
    /// Deletes a delayed message that is no longer needed. Does nothing when it was delivered meanwhile.
    /// </summary>
    public async Task DeleteAsync(SentCheck message, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.DeleteMessageAsync(message.Id, message.PopReceipt, cancellationToken);
        }
        catch (RequestFailedException problem) when (problem.Status is 400 or 404)
        {
            // Delivered: it is gone, or has another pop receipt.
        }
    }
}

/// <summary>A queue message as its sender can delete it.</summary>
/// <param name="Id">The id of the message.</param>
/// <param name="PopReceipt">The receipt for its deletion, valid until it is delivered.</param>
public sealed record SentCheck(string Id, string PopReceipt);

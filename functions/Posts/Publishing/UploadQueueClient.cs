using Azure.Storage.Queues;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Sends the messages of <see cref="PublishPost"/> about dates of posts and about changes for search; Event Grid sends
/// the others.
/// </summary>
public sealed class UploadQueueClient(BlogStorage storage, TimeProvider clock)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.UploadQueue);

    /// <summary>
    /// Queues a message that becomes visible at its date, or after 6 days when that is earlier: then it must be sent
    /// again. It cannot be recalled.
    /// </summary>
    public Task SendAsync(DueMessage message, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            message.ToJson(),
            visibilityTimeout: MessageTimes.DelayUntil(message.Due, clock.GetUtcNow()),
            timeToLive: MessageTimes.NoExpiry,
            cancellationToken: cancellationToken
        );

    /// <summary>
    /// Queues a message that becomes visible after <see cref="PostChangedMessage.Delay"/>: posts that change meanwhile
    /// are put into the index together.
    /// </summary>
    public Task SendAsync(PostChangedMessage message, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            message.ToJson(),
            visibilityTimeout: PostChangedMessage.Delay,
            timeToLive: MessageTimes.NoExpiry,
            cancellationToken: cancellationToken
        );
}

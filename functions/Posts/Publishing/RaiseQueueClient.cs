using Azure.Storage.Queues;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Sends the messages of <see cref="RaisePage"/>. A request sends one before it changes a page, so that the page's
/// revision is raised even if the request dies before it does so itself.
/// </summary>
public sealed class RaiseQueueClient(BlogStorage storage)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly QueueClient _queue = storage.Queue(StorageNames.RaiseQueue);

    /// <summary>Queues a message that becomes visible after 10 s.</summary>
    public Task SendAsync(PostId post, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            post.ToString(),
            visibilityTimeout: Delay,
            timeToLive: MessageTimes.NoExpiry,
            cancellationToken: cancellationToken
        );
}

using Azure.Storage.Queues;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Sends messages to the queue of comments to be judged by <see cref="ModerateComment"/>.</summary>
public sealed class ModerationQueueClient(BlogStorage storage)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.ModerationQueue);

    /// <summary>Queues a comment. Duplicate messages are harmless.</summary>
    public Task SendAsync(CommentKey comment, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(comment.ToString(), cancellationToken);
}

using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Comments to be judged.</summary>
public sealed class ModerationQueueClient(BlogStorage storage)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.ModerationQueue);

    /// <summary>Announces a comment. Announcing it again does no harm.</summary>
    public Task SendAsync(CommentKey comment, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(comment.ToString(), cancellationToken);
}

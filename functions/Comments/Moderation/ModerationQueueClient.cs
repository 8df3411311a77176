using Azure.Storage.Queues;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Sends messages to the queue of comments to be judged by <see cref="ModerateComment"/>.</summary>
public sealed class ModerationQueueClient(BlogStorage storage)
{
    private readonly QueueClient _queue = storage.Queue(StorageNames.ModerationQueue);

    /// <summary>Queues a comment. Duplicate messages are harmless.</summary>
    public Task SendAsync(CommentKey comment, CancellationToken cancellationToken) =>
        SendAsync(comment, TimeSpan.Zero, cancellationToken);

    /// <summary>Queues a check of a post's waiting comments (<see cref="LostComments"/>) for later.</summary>
    /// <param name="post">The post.</param>
    /// <param name="delay">The delay before the message is visible, in whole seconds, at most 1 hour.</param>
    /// <param name="cancellationToken">Stops sending; the message may have been sent.</param>
    public Task SendCheckAsync(PostId post, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(CommentKey.CheckOf(post), delay, cancellationToken);

    private Task SendAsync(CommentKey comment, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(
            comment.ToString(),
            visibilityTimeout: delay,
            timeToLive: MessageTimes.NoExpiry,
            cancellationToken: cancellationToken
        );
}

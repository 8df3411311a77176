using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Pages to be raised later, in case the request that changes them dies before it has raised them itself.</summary>
public sealed class RaiseQueueClient(BlogStorage storage)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly QueueClient _queue = storage.Queue(StorageNames.RaiseQueue);

    /// <summary>Has the post's page raised in 10 s.</summary>
    public Task SendAsync(PostId post, CancellationToken cancellationToken) =>
        _queue.SendMessageAsync(post.ToString(), visibilityTimeout: Delay, cancellationToken: cancellationToken);
}

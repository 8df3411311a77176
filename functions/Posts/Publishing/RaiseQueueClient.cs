using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

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
        SendAsync(post, Delay, cancellationToken);

    /// <summary>
    /// Changes a page whose revision nobody else raises: queues a message that becomes visible after 10 s, and makes it
    /// visible at once after the change. When it was handled before the change had ended, another one is sent.
    /// </summary>
    public async Task RaiseAfterAsync(PostId post, Func<Task> change, CancellationToken cancellationToken)
    {
        var sent = await SendAsync(post, Delay, cancellationToken);
        await change();
        try
        {
            await _queue.UpdateMessageAsync(
                sent.MessageId,
                sent.PopReceipt,
                post.ToString(),
                TimeSpan.Zero,
                cancellationToken
            );
        }
        catch (RequestFailedException handled) when (handled.Status is 404 or 400)
        {
            // 400: it is being handled, so its receipt is another one now (PopReceiptMismatch).
            await SendAsync(post, TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task<SendReceipt> SendAsync(PostId post, TimeSpan delay, CancellationToken cancellationToken) =>
        await _queue.SendMessageAsync(
            post.ToString(),
            visibilityTimeout: delay,
            timeToLive: MessageTimes.NoExpiry,
            cancellationToken: cancellationToken
        );
}

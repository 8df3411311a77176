using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>
/// Lists the messages in the poison queues, with their failures, and moves them back to their queues.
/// </summary>
public sealed class PoisonQueues(BlogStorage storage, FailureTable failures)
{
    /// <summary>
    /// The maximum number of messages listed per queue: the maximum of one peek
    /// (https://learn.microsoft.com/rest/api/storageservices/peek-messages).
    /// </summary>
    public const int MaxShown = 32;

    /// <summary>The number of messages received at once.</summary>
    private const int BatchSize = 32;

    /// <summary>How long received messages are invisible to other receivers.</summary>
    private static readonly TimeSpan VisibilityTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The oldest messages of all poison queues, at most <see cref="MaxShown"/> per queue.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> ListAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(StorageNames.Queues.Select(queue => ListAsync(queue, cancellationToken)));
        return [.. found.SelectMany(messages => messages)];
    }

    /// <summary>The oldest message of a poison queue; null when it is empty.</summary>
    public async Task<PoisonMessage?> FindOldestAsync(string queue, CancellationToken cancellationToken)
    {
        var messages = (await PoisonQueueFor(queue).PeekMessagesAsync(1, cancellationToken)).Value;
        return messages is [var oldest] ? await ReadAsync(queue, oldest, cancellationToken) : null;
    }

    /// <summary>
    /// Moves poison messages back to their queue, where each gets five new attempts, and records that in their history.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels the operation; the remaining messages stay in the poison queue.</param>
    /// <param name="most">Stops after this many messages, or up to 31 more, because a batch is completed.</param>
    /// <returns>The number of messages moved.</returns>
    /// <remarks>
    /// Each message is sent before it is deleted: a crash between the two duplicates it, which every function
    /// tolerates.
    /// </remarks>
    public async Task<int> RetryAsync(string queue, CancellationToken cancellationToken, int most = int.MaxValue)
    {
        var poison = PoisonQueueFor(queue);
        var count = 0;
        while (
            count < most
            && (await poison.ReceiveMessagesAsync(BatchSize, VisibilityTimeout, cancellationToken)).Value
                is { Length: > 0 } messages
        )
        {
            foreach (var message in messages)
            {
                var text = Decode(message.Body);
                await failures.AddAsync(queue, text, "Put back by hand.", cancellationToken);
                await storage.Queue(queue).SendMessageAsync(text, cancellationToken);
                await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                count++;
            }
        }

        return count;
    }

    private async Task<IReadOnlyList<PoisonMessage>> ListAsync(string queue, CancellationToken cancellationToken)
    {
        var found = new List<PoisonMessage>();
        foreach (var message in (await PoisonQueueFor(queue).PeekMessagesAsync(MaxShown, cancellationToken)).Value)
        {
            found.Add(await ReadAsync(queue, message, cancellationToken));
        }

        return found;
    }

    private async Task<PoisonMessage> ReadAsync(
        string queue,
        PeekedMessage message,
        CancellationToken cancellationToken
    )
    {
        var text = Decode(message.Body);
        return new PoisonMessage(
            queue,
            text,
            message.InsertedOn,
            await failures.GetHistoryAsync(queue, text, cancellationToken)
        );
    }

    /// <summary>
    /// Decodes a poison message: base64 as it was sent, or plain text when it was moved because it was not base64.
    /// </summary>
    internal static string Decode(BinaryData body)
    {
        var text = body.ToString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : text;
    }

    private QueueClient PoisonQueueFor(string queue) => storage.UnencodedQueue(StorageNames.PoisonQueueOf(queue));
}

/// <summary>A message in a poison queue: each of its attempts failed.</summary>
/// <param name="Queue">The queue that it was sent to.</param>
/// <param name="Text">The text of the message.</param>
/// <param name="Since">When it was moved to the poison queue; null when the service does not say.</param>
/// <param name="History">
/// Its failed attempts, oldest first. Empty when none is recorded: the message could not be decoded, or the process
/// died on each attempt.
/// </param>
public sealed record PoisonMessage(
    string Queue,
    string Text,
    DateTimeOffset? Since,
    IReadOnlyList<FailedAttempt> History
)
{
    private const int MaxShown = 300;

    /// <summary>The text for display: at most 300 characters, then "..." when it is longer.</summary>
    public string Excerpt => Text.Length > MaxShown ? Text[..MaxShown] + "..." : Text;
}

using Azure.Storage.Queues;

namespace ServerlessBlog.Hosting;

/// <summary>Messages that failed too often: what they say, what went wrong, and back to work with them.</summary>
public sealed class PoisonQueues(BlogStorage storage, FailureTable failures)
{
    /// <summary>The most messages of one queue that are shown: what storage lets one peek at.</summary>
    public const int MaxShown = 32;

    private const int Batch = 32;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>The oldest messages put aside, at most <see cref="MaxShown"/> of each queue.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<PoisonMessage>();
        foreach (var queue in StorageNames.Queues)
        {
            var peeked = await PoisonOf(queue).PeekMessagesAsync(MaxShown, cancellationToken);
            foreach (var message in peeked.Value)
            {
                var history = await failures.HistoryAsync(queue, message.MessageText, cancellationToken);
                found.Add(new PoisonMessage(queue, message.MessageText, message.InsertedOn, history));
            }
        }

        return found;
    }

    /// <summary>Puts a queue's poison messages back into the queue, five new tries for each; notes it in their history. Answers how many there were.</summary>
    /// <remarks>Sent, then deleted: killed between the two, a message comes twice, which every function bears.</remarks>
    public async Task<int> RetryAsync(string queue, CancellationToken cancellationToken)
    {
        var poison = PoisonOf(queue);
        var count = 0;
        while ((await poison.ReceiveMessagesAsync(Batch, Lease, cancellationToken)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                await failures.NoteAsync(queue, message.MessageText, "Put back by hand.", cancellationToken);
                await storage.Queue(queue).SendMessageAsync(message.MessageText, cancellationToken);
                await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                count++;
            }
        }

        return count;
    }

    private QueueClient PoisonOf(string queue) => storage.Queue(StorageNames.PoisonOf(queue));
}

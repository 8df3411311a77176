using System.Text;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Failures;

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
        var found = await Task.WhenAll(StorageNames.Queues.Select(queue => ListAsync(queue, cancellationToken)));
        return [.. found.SelectMany(messages => messages)];
    }

    /// <summary>Puts a queue's poison messages back into the queue, five new tries for each; notes it in their history. Answers how many there were.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Stops; the others stay where they are.</param>
    /// <param name="most">Ends after so many, or a few more.</param>
    /// <remarks>Sent, then deleted: killed between the two, a message comes twice, which every function bears.</remarks>
    public async Task<int> RetryAsync(string queue, CancellationToken cancellationToken, int most = int.MaxValue)
    {
        var poison = PoisonOf(queue);
        var count = 0;
        while (
            count < most
            && (await poison.ReceiveMessagesAsync(Batch, Lease, cancellationToken)).Value is { Length: > 0 } messages
        )
        {
            foreach (var message in messages)
            {
                var text = TextOf(message.Body);
                await failures.NoteAsync(queue, text, "Put back by hand.", cancellationToken);
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
        foreach (var message in (await PoisonOf(queue).PeekMessagesAsync(MaxShown, cancellationToken)).Value)
        {
            var text = TextOf(message.Body);
            found.Add(
                new PoisonMessage(
                    queue,
                    text,
                    message.InsertedOn,
                    await failures.HistoryAsync(queue, text, cancellationToken)
                )
            );
        }

        return found;
    }

    /// <summary>What a poison message says: in base64 as it was sent or, when it was put aside because it was not base64, as it is.</summary>
    internal static string TextOf(BinaryData body)
    {
        var text = body.ToString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : text;
    }

    private QueueClient PoisonOf(string queue) => storage.QueueAsItIs(StorageNames.PoisonOf(queue));
}

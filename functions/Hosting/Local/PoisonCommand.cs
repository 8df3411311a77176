using System.Globalization;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Shows the messages that failed too often, and has them tried again.</summary>
internal static class PoisonCommand
{
    /// <summary>Says, for each message that was put aside: its queue, its text, and what went wrong when.</summary>
    public static Task<int> ListAsync(string dataPath, CancellationToken stop) =>
        GuardedAsync(
            dataPath,
            async queues =>
            {
                var messages = await queues.ListAsync(stop);
                foreach (var message in messages)
                {
                    Console.WriteLine($"{message.Queue}: {message.Excerpt}");
                    Console.WriteLine($"  put aside {Time(message.Since)}");
                    foreach (var line in Lines(message.History))
                    {
                        Console.WriteLine($"  {line}");
                    }
                }

                Console.WriteLine(
                    messages.Count == 0
                        ? "No message has failed too often."
                        : "After the cause is fixed, have them tried again: failed retry, with or without a queue's name."
                );
            },
            stop
        );

    /// <summary>Puts the messages of one queue, or of all, back to work.</summary>
    public static Task<int> RetryAsync(string? queue, string dataPath, CancellationToken stop) =>
        GuardedAsync(
            dataPath,
            async queues =>
            {
                if (queue is not null && !StorageNames.Queues.Contains(queue))
                {
                    throw new StartException(
                        $"There is no queue '{queue}': name one of {string.Join(", ", StorageNames.Queues)}."
                    );
                }

                foreach (var name in queue is null ? StorageNames.Queues : [queue])
                {
                    Console.WriteLine($"{name}: {await queues.RetryAsync(name, stop)} put back");
                }
            },
            stop
        );

    private static async Task<int> GuardedAsync(string dataPath, Func<PoisonQueues, Task> act, CancellationToken stop)
    {
        var storage = StorageProvisioning.Connect(dataPath);
        try
        {
            await act(new PoisonQueues(storage, new FailureTable(storage, TimeProvider.System)));
            return 0;
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not answer ({StorageProvisioning.Reason(problem)}): is the blog running?"
            );
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyList<FailedAttempt> history) =>
        history.Count == 0
            ? ["Nothing is known of why: it could not be decoded, or its handler died each time."]
            : history.Select(entry => $"{Time(entry.Time)}  {entry.Reason}");

    private static string Time(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "(unknown)";
}

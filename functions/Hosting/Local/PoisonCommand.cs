namespace ServerlessBlog.Hosting.Local;

/// <summary>The command <c>failed</c>: lists the messages in the poison queues and retries them.</summary>
internal static class PoisonCommand
{
    /// <summary>
    /// Prints the queue, the text and the failed attempts of each poison message. Returns the exit code 0.
    /// </summary>
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
                        : "After the cause is fixed, have them tried again: failed retry, "
                            + "with or without a queue's name."
                );
            },
            stop
        );

    /// <summary>
    /// Moves the poison messages of one queue, or of all when null, back to their queues. Returns the exit code 0.
    /// </summary>
    /// <exception cref="StartException">There is no such queue, or storage does not respond.</exception>
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

    private static async Task<int> GuardedAsync(
        string dataPath,
        Func<PoisonQueues, Task> action,
        CancellationToken stop
    )
    {
        var storage = StorageProvisioning.Connect(dataPath);
        try
        {
            await action(new PoisonQueues(storage, new FailureTable(storage, TimeProvider.System)));
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

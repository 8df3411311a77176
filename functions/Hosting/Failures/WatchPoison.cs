using Azure;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>
/// Counts the messages in each poison queue, and logs an error for one that is not empty.
/// </summary>
public sealed partial class WatchPoison(BlogStorage storage, ILogger<WatchPoison> logger)
{
    /// <summary>Returns the names of the queues whose poison queue is not empty; one storage call each.</summary>
    /// <remarks>When a queue cannot be read, the exception is thrown after the others have been counted.</remarks>
    public async Task<IReadOnlyList<string>> FindNotEmptyAsync(CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(
            StorageNames.Queues.Select(async queue => (queue, Count: await CheckAsync(queue, cancellationToken)))
        );
        return [.. counts.Where(counted => counted.Count > 0).Select(counted => counted.queue)];
    }

    private async Task<int> CheckAsync(string queue, CancellationToken cancellationToken)
    {
        var poison = StorageNames.PoisonQueueOf(queue);
        var count = await CountAsync(poison, cancellationToken);
        BlogTelemetry.PoisonCounted(poison, count);
        if (count > 0)
        {
            LogNotEmpty(poison, count);
        }

        return count;
    }

    /// <summary>
    /// The approximate number of messages, as the service reports it. 0 for a queue that does not exist: the Functions
    /// host creates it with the first poison message.
    /// </summary>
    private async Task<int> CountAsync(string poison, CancellationToken cancellationToken)
    {
        try
        {
            return (await storage.Queue(poison).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException problem) when (problem.Status == 404)
        {
            return 0;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The poison queue {Queue} is not empty: {Count} messages failed too often."
    )]
    private partial void LogNotEmpty(string queue, int count);
}

using Azure;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>
/// Every hour: counts the messages in each poison queue, and logs an error for one that is not empty.
/// </summary>
public sealed partial class WatchPoison(BlogStorage storage, ILogger<WatchPoison> logger) : IHourlyTask
{
    /// <inheritdoc/>
    /// <remarks>When a queue cannot be read, the invocation fails after the other queues have been checked.</remarks>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            StorageNames.Queues.Select(queue => CheckAsync(StorageNames.PoisonQueueOf(queue), cancellationToken))
        );

    private async Task CheckAsync(string poison, CancellationToken cancellationToken)
    {
        var count = await CountAsync(poison, cancellationToken);
        BlogTelemetry.PoisonCounted(poison, count);
        if (count > 0)
        {
            LogNotEmpty(poison, count);
        }
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

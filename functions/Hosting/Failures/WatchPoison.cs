using Azure;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>Every 15 minutes: says in the log which poison queues hold messages, for an alert to find.</summary>
public sealed partial class WatchPoison(BlogStorage storage, ILogger<WatchPoison> logger)
{
    /// <summary>How the line begins. Alert rules look for it: a change of it is a change of theirs.</summary>
    public const string Sign = "The poison queue";

    /// <param name="timer">The host's clock.</param>
    /// <param name="cancellationToken">Stops the work; the next time looks again.</param>
    /// <remarks>A queue that cannot be seen fails the call, after the others were looked at.</remarks>
    [Function(nameof(WatchPoison))]
    public Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        Task.WhenAll(StorageNames.Queues.Select(queue => LookAsync(StorageNames.PoisonOf(queue), cancellationToken)));

    private async Task LookAsync(string poison, CancellationToken cancellationToken)
    {
        if (await CountAsync(poison, cancellationToken) is var count and > 0)
        {
            LogNotEmpty(poison, count);
        }
    }

    /// <summary>Approximate, as the service says. A queue that is not there holds none: the Functions host makes it with the first message.</summary>
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
        Message = Sign + " {Queue} is not empty: {Count} messages failed too often."
    )]
    private partial void LogNotEmpty(string queue, int count);
}

using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// A circuit breaker for the calls that readers wait for: it opens after the first attempt that timed out. While it is
/// open, calls fail at once, except one trial a second, whose response closes it. Safe for any number of threads.
/// </summary>
/// <remarks>
/// Each service (blobs, tables, queues) has a state of its own. The calls of queue functions and forms open and close
/// it too, but are never rejected: they are patient, and a failed message comes closer to its poison queue. A refused
/// connection opens nothing, because it costs no time.
/// </remarks>
/// <param name="clock">A clock of real time.</param>
/// <param name="logger">The logger.</param>
public sealed partial class StorageCircuit(TimeProvider clock, ILogger<StorageCircuit> logger)
{
    /// <summary>Minimum time between two trials while the circuit is open: 1 s.</summary>
    private static readonly TimeSpan TrialInterval = TimeSpan.FromSeconds(1);

    /// <summary>Minimum time between two log lines about storage: 1 minute.</summary>
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Service> _services = new(StringComparer.Ordinal);
    private long _nextLog;

    /// <summary>True when one of the services does not respond.</summary>
    public bool IsOpen => _services.Any(service => service.Value.IsOpen);

    /// <summary>The policy of clients that readers wait for. Must run for each attempt.</summary>
    internal HttpPipelinePolicy ForReaders => field ??= new Policy(this, rejects: true);

    /// <summary>The policy of the other clients: observes their calls only.</summary>
    internal HttpPipelinePolicy ForWriting => field ??= new Policy(this, rejects: false);

    /// <summary>Logs that storage failed, in one line, at most once a minute whatever failed meanwhile.</summary>
    public void Report(Exception problem)
    {
        if (IsDue(ref _nextLog, LogInterval))
        {
            var cause = (problem as AggregateException)?.InnerExceptions[0] ?? problem;
            LogOutage(cause.GetType().Name, cause.Message.Split('\n')[0].Trim());
        }
    }

    /// <summary>True for the first caller in each interval.</summary>
    private bool IsDue(ref long next, TimeSpan interval)
    {
        var (now, due) = (clock.GetUtcNow().UtcTicks, Volatile.Read(ref next));
        return now >= due && Interlocked.CompareExchange(ref next, now + interval.Ticks, due) == due;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Storage fails: readers get the pages that this instance holds. {Type}: {Problem}"
    )]
    private partial void LogOutage(string type, string problem);

    /// <summary>One service of the storage account.</summary>
    private sealed class Service
    {
        /// <summary>When the next trial may begin, in ticks.</summary>
        public long NextTrial;

        public volatile bool IsOpen;
    }

    private sealed class Policy(StorageCircuit circuit, bool rejects) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("Storage is called asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var address = message.Request.Uri;
            var service = circuit._services.GetOrAdd($"{address.Host}:{address.Port}", _ => new Service());
            if (rejects && service.IsOpen && !circuit.IsDue(ref service.NextTrial, TrialInterval))
            {
                throw new StorageOutageException();
            }

            try
            {
                await ProcessNextAsync(message, pipeline);
                service.IsOpen = false;
            }
            catch (OperationCanceledException problem) when (!message.CancellationToken.IsCancellationRequested)
            {
                _ = circuit.IsDue(ref service.NextTrial, TrialInterval); // not before the interval has passed again
                service.IsOpen = true;
                circuit.Report(problem);
                throw;
            }
        }
    }
}

/// <summary>Storage has not responded lately and was not called. Nothing was changed.</summary>
public sealed class StorageOutageException()
    : Exception("Storage has not responded lately; it is tried once a second.");

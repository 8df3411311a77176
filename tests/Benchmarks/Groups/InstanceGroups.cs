using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Groups;

/// <summary>
/// A blog as Flex Consumption scales it, on one storage: an instance for all HTTP functions, and one for each queue and
/// each timer function, started when the first message comes for it.
/// </summary>
internal sealed class InstanceGroups : IAsyncDisposable
{
    private const string HttpGroup = "HTTP";

    private static readonly LocalHostOptions Options = new()
    {
        PollingInterval = TimeSpan.FromMilliseconds(50),
        VisibilityTimeout = TimeSpan.FromMinutes(5),
        RetryDelay = TimeSpan.FromMilliseconds(100),
    };

    private readonly ConcurrentDictionary<string, Lazy<Task<InstanceGroup>>> _groups = [];
    private readonly string _connection;
    private readonly bool _hasQuarters;
    private readonly QueuePump _pump;

    private InstanceGroups(string connection, bool hasQuarters)
    {
        (_connection, _hasQuarters) = (connection, hasQuarters);
        Storage = new BlogStorage(
            new ConfigurationBuilder().AddInMemoryCollection([new(StorageNames.Connection, connection)]).Build(),
            []
        );
        _pump = new QueuePump(
            ServerlessBlog.Program.Functions,
            async (function, payload, _) => await (await GroupAsync(function)).InvokeAsync(function, payload),
            Storage,
            new StorageCircuit(TimeProvider.System, NullLogger<StorageCircuit>.Instance),
            new QueueSendPolicy(),
            new AnnouncedUploads(null),
            Options,
            NullLogger<QueuePump>.Instance
        );
    }

    /// <summary>The storage, past the instances.</summary>
    public BlogStorage Storage { get; }

    /// <summary>The groups that have an instance, by name.</summary>
    public IReadOnlyList<string> Started => [.. _groups.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Empties the queues and begins to deliver messages. Starts no instance.</summary>
    /// <param name="connection">The connection string of a storage in which everything exists.</param>
    /// <param name="hasQuarters">Whether each instance gets a quarter of a processor.</param>
    public static async Task<InstanceGroups> StartAsync(string connection, bool hasQuarters)
    {
        foreach (var queue in StorageNames.Queues)
        {
            await new QueueClient(connection, queue).ClearMessagesAsync();
        }

        var groups = new InstanceGroups(connection, hasQuarters);
        await groups._pump.StartAsync(CancellationToken.None);
        return groups;
    }

    /// <summary>The instance for HTTP functions; started by the first call.</summary>
    public Task<InstanceGroup> HttpAsync() => GroupAsync(HttpGroup);

    /// <summary>Waits for the first message of a queue function. Returns what the instance used for it.</summary>
    public async Task<Usage> WaitForAsync(string function)
    {
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(_groups.ContainsKey(function)),
            isThere => isThere,
            $"a message of {function}"
        );
        return await (await GroupAsync(function)).UsedToAnswer;
    }

    /// <summary>What the instance of a queue function, which has one, used until it answered the host's poll.</summary>
    public async Task<Usage> UsedToStartAsync(string function) => (await GroupAsync(function)).UsedToStart;

    /// <summary>Invokes a timer function on its instance. Returns what the instance used for it.</summary>
    public async Task<Usage> FireTimerAsync(string function)
    {
        var group = await GroupAsync(function);
        await group.InvokeAsync(function, InvocationPayload.Write("timer", """{"IsPastDue":false}"""));
        return await group.UsedToAnswer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _pump.StopAsync(CancellationToken.None);
        _pump.Dispose();
        foreach (var group in _groups.Values)
        {
            await (await group.Value).DisposeAsync();
        }
    }

    private Task<InstanceGroup> GroupAsync(string name) =>
        _groups.GetOrAdd(name, _ => new(() => InstanceGroup.StartAsync(_connection, _hasQuarters))).Value;
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Stand-in for the Functions host that runs the published handler: starts it, delivers the messages of every queue to
/// it, and restarts it when it has died.
/// </summary>
/// <remarks>
/// Messages for the search index are taken without a call: they come 5 s after each publish, in the middle of what a
/// test does next. Timers fire only when a test calls <see cref="FireTimerAsync"/>. A message whose handler died is
/// delivered again like a failed one: after 100 ms, where the real host waits 10 min.
/// </remarks>
public sealed class StandInHost : IAsyncDisposable
{
    private static readonly LocalHostOptions Options = new()
    {
        PollingInterval = TimeSpan.FromMilliseconds(75),
        VisibilityTimeout = TimeSpan.FromSeconds(30),
        RetryDelay = TimeSpan.FromMilliseconds(100),
    };

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, bool> _handled = new();
    private readonly Func<Task<PublishedHandler>> _start;
    private readonly QueuePump _pump;
    private readonly Task _watching;
    private volatile TaskCompletionSource<PublishedHandler> _handler = NewPendingHandler();

    private StandInHost(PublishedHandler handler, Func<Task<PublishedHandler>> start, BlogStorage storage)
    {
        _start = start;
        _handler.SetResult(handler);
        _pump = new QueuePump(
            Program.Functions,
            InvokeAsync,
            storage,
            new StorageCircuit(TimeProvider.System, NullLogger<StorageCircuit>.Instance),
            new QueueSendPolicy(),
            new AnnouncedUploads(null),
            Options,
            NullLogger<QueuePump>.Instance
        );
        _watching = WatchAsync(handler);
    }

    /// <summary>The running handler, once it responds; after a crash, its successor.</summary>
    public Task<PublishedHandler> HandlerAsync() => _handler.Task;

    /// <summary>Returns true when the handler has responded with success to the message with this text.</summary>
    public bool HasHandled(string message) => _handled.ContainsKey(message);

    /// <summary>Starts the handler and begins to deliver messages to it.</summary>
    /// <param name="connection">The connection string of a storage in which every container, table and queue
    /// exists.</param>
    /// <param name="handlersConnection">The connection string that the handler uses for the same storage, such as one
    /// through a proxy; null for the host's own.</param>
    /// <param name="settings">Additional settings, named as environment variables.</param>
    public static async Task<StandInHost> StartAsync(
        string connection,
        string? handlersConnection = null,
        params (string Name, string Value)[] settings
    )
    {
        Task<PublishedHandler> Start() => PublishedHandler.StartAsync(handlersConnection ?? connection, settings);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, connection)])
            .Build();
        var host = new StandInHost(await Start(), Start, new BlogStorage(configuration, []));
        await host._pump.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>
    /// Creates an empty storage with every container, table and queue, and returns its connection string.
    /// </summary>
    public static async Task<string> CreateStorageAsync()
    {
        var connection = await StorageAccounts.NewAccountAsync();
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, connection)])
            .Build();
        await StorageProvisioning.EnsureCreatedAsync(new BlogStorage(settings, []), CancellationToken.None);
        return connection;
    }

    /// <summary>
    /// Kills the running handler with SIGKILL and starts the next one at once; from then on, <see cref="HandlerAsync"/>
    /// waits for that one.
    /// </summary>
    public void Kill()
    {
        var last = _handler.Task.GetAwaiter().GetResult();
        // Set before the exit is noticed: otherwise a message may use up its attempts on the dead handler.
        _handler = NewPendingHandler();
        last.Run.Kill();
    }

    /// <summary>Invokes a timer function.</summary>
    public Task FireTimerAsync(string function) =>
        InvokeAsync(function, InvocationPayload.Write("timer", """{"IsPastDue":false}"""), CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _pump.StopAsync(CancellationToken.None);
        await _stopping.CancelAsync();
        await _watching;
        await (await HandlerAsync()).DisposeAsync();
        _pump.Dispose();
        _stopping.Dispose();
    }

    private static TaskCompletionSource<PublishedHandler> NewPendingHandler() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task InvokeAsync(string name, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        var message = MessageIn(envelope.Span);
        if (message.Contains("\"changed\":", StringComparison.Ordinal))
        {
            return;
        }

        var handler = await HandlerAsync();
        var (status, _, body) = await handler.CallAsync(name, envelope.ToArray());
        if (body != InvocationPayload.SuccessBody)
        {
            throw new InvalidOperationException($"{name} answered {status}.");
        }

        _handled.TryAdd(message, true);
    }

    private static string MessageIn(ReadOnlySpan<byte> envelope) =>
        JsonNode.Parse(JsonNode.Parse(envelope)!["Data"]!.AsObject().Single().Value!.GetValue<string>())!.ToString();

    private async Task WatchAsync(PublishedHandler current)
    {
        while (true)
        {
            try
            {
                await current.Run.ExitAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (_handler.Task.IsCompleted)
            {
                _handler = NewPendingHandler(); // the handler died without Kill
            }

            var last = current;
            try
            {
                _handler.SetResult(current = await _start());
            }
#pragma warning disable CA1031 // Any failure to start is passed on to the callers that wait for the handler.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _handler.SetException(exception);
                return;
            }

            await last.DisposeAsync(); // only now: the calls that the crash cut off have to end first
        }
    }
}

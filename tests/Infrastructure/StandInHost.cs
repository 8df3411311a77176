using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Plays the Functions host for the published handler: starts it, hands it the messages of every queue, starts it again when it has died.</summary>
/// <remarks>Timers come when a test says so. A message that died with its handler comes again as a failed one does: after 100 ms, where the real host waits 10 min.</remarks>
public sealed class StandInHost : IAsyncDisposable
{
    private static readonly LocalHostOptions Times = new()
    {
        Poll = TimeSpan.FromMilliseconds(75),
        Lease = TimeSpan.FromSeconds(30),
        Retry = TimeSpan.FromMilliseconds(100),
    };

    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<Task<PublishedHandler>> _start;
    private readonly QueuePump _pump;
    private readonly Task _watching;
    private volatile TaskCompletionSource<PublishedHandler> _handler = NotYet();

    private StandInHost(PublishedHandler handler, Func<Task<PublishedHandler>> start, BlogStorage storage)
    {
        _start = start;
        _handler.SetResult(handler);
        _pump = new QueuePump(
            Program.Functions,
            InvokeAsync,
            storage,
            new QueueSendPolicy(),
            Times,
            NullLogger<QueuePump>.Instance
        );
        _watching = WatchAsync(handler);
    }

    /// <summary>The handler that runs, once it answers: after a crash, the next one.</summary>
    public Task<PublishedHandler> HandlerAsync() => _handler.Task;

    /// <summary>Starts the handler and begins to hand it messages.</summary>
    /// <param name="connection">A storage in which everything is made.</param>
    /// <param name="handlersConnection">The same storage as the handler is to reach it, such as through a proxy; null: as the host does.</param>
    /// <param name="settings">More settings, spelled as the environment does.</param>
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

    /// <summary>A fresh storage in which everything is made.</summary>
    public static async Task<string> NewStorageAsync()
    {
        var connection = await StorageAccounts.NewAccountAsync();
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, connection)])
            .Build();
        await StorageProvisioning.EnsureCreatedAsync(new BlogStorage(settings, []), CancellationToken.None);
        return connection;
    }

    /// <summary>Kills the handler that runs, as kill -9 does. The next one is started at once; from now on, who wants one waits for it.</summary>
    public void Kill()
    {
        var last = _handler.Task.GetAwaiter().GetResult();
        _handler = NotYet(); // before the death is noticed: else a message may use up its tries with the dead one
        last.Run.Kill();
    }

    /// <summary>Calls a timer function.</summary>
    public Task TickAsync(string function) =>
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

    private static TaskCompletionSource<PublishedHandler> NotYet() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task InvokeAsync(string name, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        var handler = await HandlerAsync();
        var (status, _, body) = await handler.CallAsync(name, envelope.ToArray());
        if (body != InvocationPayload.Done)
        {
            throw new InvalidOperationException($"{name} answered {status}.");
        }
    }

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
                _handler = NotYet(); // it died by itself
            }

            var last = current;
            try
            {
                _handler.SetResult(current = await _start());
            }
#pragma warning disable CA1031 // Whatever it was, who waits for the handler is told.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                _handler.SetException(problem);
                return;
            }

            await last.DisposeAsync(); // not before: calls that it cut off end first
        }
    }
}

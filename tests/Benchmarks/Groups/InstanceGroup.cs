using System.Collections.Concurrent;
using System.Diagnostics;
using ServerlessBlog.Hosting;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Groups;

/// <summary>
/// The first instance of a group of functions that scale together: the published handler, which has just been started,
/// with the host's poll of <c>GET /</c>. Its calls to storage are counted on the way.
/// </summary>
internal sealed class InstanceGroup : IAsyncDisposable
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("Blog__Comments__PreviouslyApproved", "false"),
        ("Logging__LogLevel__Default", "Error"),
    ];

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly TaskCompletionSource<Usage> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StorageProxy _proxy = null!;
    private PublishedHandler _handler = null!;
    private QuarterCore? _quarter;

    /// <summary>What the instance has used since its start.</summary>
    public Usage Used =>
        new(
            ProcessorTime.OfThreads(_handler.Run.Id),
            Stopwatch.GetElapsedTime(_started).TotalMilliseconds,
            [.. _calls]
        );

    /// <summary>What the instance had used when it answered the host's poll.</summary>
    public Usage UsedToStart { get; private set; } = Usage.None;

    /// <summary>What the instance had used when it had answered its first message.</summary>
    public Task<Usage> UsedToAnswer => _answered.Task;

    /// <summary>The handler of the instance.</summary>
    public PublishedHandler Handler => _handler;

    /// <summary>Starts the instance.</summary>
    /// <param name="connection">The connection string of the storage.</param>
    /// <param name="hasQuarter">Whether it gets a quarter of a processor instead of all of them.</param>
    public static async Task<InstanceGroup> StartAsync(string connection, bool hasQuarter)
    {
        // Before the clock starts: the proxy is not part of the instance.
        var proxy = await StorageProxy.StartAsync(connection);
        var group = new InstanceGroup { _proxy = proxy };
        proxy.ShouldCut = (call, isDone) =>
        {
            if (!isDone)
            {
                group._calls.Enqueue(call);
            }

            return false;
        };
        group._quarter = hasQuarter ? QuarterCore.Create(PublishedHandler.Executable) : null;
        group._handler = await PublishedHandler.StartFromAsync(
            group._quarter?.Executable ?? PublishedHandler.Executable,
            proxy.Connection,
            Settings
        );
        group.UsedToStart = group.Used;
        return group;
    }

    /// <summary>Invokes a queue or timer function.</summary>
    /// <exception cref="InvalidOperationException">The function failed.</exception>
    public async Task InvokeAsync(string function, ReadOnlyMemory<byte> payload)
    {
        var (status, _, body) = await _handler.CallAsync(function, payload.ToArray());
        if (body != InvocationPayload.SuccessBody)
        {
            throw new InvalidOperationException($"{function} answered {status}: {_handler.Run.Output}");
        }

        _answered.TrySetResult(Used);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _handler.DisposeAsync();
        await _proxy.DisposeAsync();
        _quarter?.Dispose();
    }
}

/// <summary>What an instance uses for something.</summary>
/// <param name="Processor">Milliseconds of processor time.</param>
/// <param name="Elapsed">Milliseconds of wall time.</param>
/// <param name="Calls">Its calls to storage, such as "GET /posts/welcome.md".</param>
internal sealed record Usage(double Processor, double Elapsed, IReadOnlyList<string> Calls)
{
    /// <summary>Nothing.</summary>
    public static Usage None { get; } = new(0, 0, []);

    /// <summary>Processor time and calls in one line.</summary>
    public FormattableString Line =>
        $"{Processor:0.0} ms of processor time, {Calls.Count} storage calls, {Elapsed:0} ms elapsed";

    /// <summary>What was used after <paramref name="earlier"/> of the same instance.</summary>
    public Usage Since(Usage earlier) =>
        new(Processor - earlier.Processor, Elapsed - earlier.Elapsed, [.. Calls.Skip(earlier.Calls.Count)]);
}

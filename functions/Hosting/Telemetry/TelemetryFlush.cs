using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ServerlessBlog.Hosting.Telemetry;

/// <summary>
/// Exports what was measured when an invocation ends: an instance may be frozen or gone before the next regular export.
/// Does nothing when no exporter is registered. Safe for any number of threads.
/// </summary>
/// <remarks>
/// Exports run one after another on a thread of their own, because exporters block it; calls that come meanwhile share
/// the next export.
/// </remarks>
public sealed class TelemetryFlush(IServiceProvider services)
{
    /// <summary>The longest time that a queue message or timer waits for an export: 2 s.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>After an export that took longer, for how long nobody waits for another: 1 min.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The minimum time between two exports after requests: 5 s. An export costs a few milliseconds of processor time,
    /// as much as hundreds of pages from memory, and an idle instance lives longer than that.
    /// </summary>
    public static readonly TimeSpan RequestInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TracerProvider? _spans = services.GetService<TracerProvider>();
    private readonly MeterProvider? _metrics = services.GetService<MeterProvider>();
    private Task _running = Task.CompletedTask;
    private Task? _next;
    private long _waitAgainAt;
    private long _lastForRequests = -(long)RequestInterval.TotalMilliseconds;
    private int _isScheduled;

    /// <summary>True when an exporter is registered.</summary>
    public bool IsNeeded => _spans is not null || _metrics is not null;

    /// <summary>
    /// Exports and waits for it, at most <see cref="TimeLimit"/>, and not at all while the collector does not respond.
    /// Never throws.
    /// </summary>
    public async Task FlushAsync()
    {
        if (!IsNeeded)
        {
            return;
        }

        var export = Start();
        if (Environment.TickCount64 < Volatile.Read(ref _waitAgainAt))
        {
            return;
        }

        await Task.WhenAny(export, Task.Delay(TimeLimit));
        if (!export.IsCompleted)
        {
            Volatile.Write(ref _waitAgainAt, Environment.TickCount64 + (long)Pause.TotalMilliseconds);
        }
    }

    /// <summary>
    /// Exports in the background: at once, or <see cref="RequestInterval"/> after the last time. Nobody waits.
    /// </summary>
    public void FlushSoon()
    {
        if (!IsNeeded || Interlocked.Exchange(ref _isScheduled, 1) == 1)
        {
            return;
        }

        var due = _lastForRequests + (long)RequestInterval.TotalMilliseconds - Environment.TickCount64;
        _ = ExportLaterAsync(TimeSpan.FromMilliseconds(Math.Max(0, due)));
    }

    private async Task ExportLaterAsync(TimeSpan delay)
    {
        await Task.Delay(delay);
        _lastForRequests = Environment.TickCount64;
        Volatile.Write(ref _isScheduled, 0); // before the export: what ends during it needs another one
        await Start();
    }

    /// <summary>Starts an export, or returns the one that begins when the running one has ended.</summary>
    private Task Start()
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
            {
                return _running = Task.Factory.StartNew(
                    Export,
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                );
            }

            return _next ??= StartNextAsync(_running);
        }
    }

    private async Task StartNextAsync(Task running)
    {
        await running;
        Task next;
        lock (_lock)
        {
            _next = null;
            next = Start();
        }

        await next;
    }

    /// <summary>Blocks for as long as the exporters do; they are registered with time limits of their own.</summary>
    private void Export()
    {
        _spans?.ForceFlush((int)TimeLimit.TotalMilliseconds);
        _metrics?.ForceFlush((int)TimeLimit.TotalMilliseconds);
    }
}

using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// The time during which at least one storage call is pending. Concurrent calls count once. Thread-safe.
/// </summary>
internal sealed class StorageTime : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private int _pending;
    private long _since;
    private TimeSpan _total;

    /// <summary>The total since construction, without a call that is still pending.</summary>
    public TimeSpan Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Begin();
        try
        {
            ProcessNext(message, pipeline);
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Begin();
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            End();
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (_pending++ == 0)
            {
                _since = Stopwatch.GetTimestamp();
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_pending == 0)
            {
                _total += Stopwatch.GetElapsedTime(_since);
            }
        }
    }
}

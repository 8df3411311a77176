using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Benchmarks;

/// <summary>How long at least one call to storage was under way: calls at the same time count once.</summary>
internal sealed class StorageTime : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private int _underWay;
    private long _since;
    private TimeSpan _total;

    /// <summary>Since the start.</summary>
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
            if (_underWay++ == 0)
            {
                _since = Stopwatch.GetTimestamp();
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_underWay == 0)
            {
                _total += Stopwatch.GetElapsedTime(_since);
            }
        }
    }
}

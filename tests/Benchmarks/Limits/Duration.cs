using System.Diagnostics;
using System.Globalization;

namespace ServerlessBlog.Benchmarks.Limits;

/// <summary>How long something took in this process, in milliseconds.</summary>
/// <param name="Processor">Processor time of all threads, with those of the JIT and the garbage collector.</param>
/// <param name="Elapsed">Wall time.</param>
internal readonly record struct Duration(double Processor, double Elapsed)
{
    /// <summary>No time.</summary>
    public static Duration Zero { get; }

    /// <summary>Begins to measure. Returns a function that tells the time since then.</summary>
    public static Func<Duration> Start()
    {
        var (processor, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        return () =>
            new(
                (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds,
                Stopwatch.GetElapsedTime(started).TotalMilliseconds
            );
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Processor:0.0} ms of processor time ({Elapsed:0.0} ms elapsed)");
}

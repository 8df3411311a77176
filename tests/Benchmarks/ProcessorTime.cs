using System.Globalization;

namespace ServerlessBlog.Benchmarks;

/// <summary>The processor time of other processes (Linux).</summary>
internal static class ProcessorTime
{
    /// <summary>
    /// Milliseconds for which the threads of a process have run: the first number of schedstat, in nanoseconds
    /// (https://docs.kernel.org/scheduler/sched-stats.html). Threads that have ended are not in it.
    /// </summary>
    public static double OfThreads(int process) =>
        Directory
            .GetDirectories($"/proc/{process}/task")
            .Sum(thread =>
                double.Parse(
                    File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0],
                    CultureInfo.InvariantCulture
                )
            ) / 1e6;
}

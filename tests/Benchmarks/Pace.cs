using System.Diagnostics;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Starts operations at a steady rate, whether or not the previous ones have completed: slow responses do not lower the
/// rate (an open workload).
/// </summary>
internal static class Pace
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Starts the operations. Completes when all of them have.</summary>
    /// <param name="perSecond">The number of operations started per second.</param>
    /// <param name="duration">The time during which operations are started.</param>
    /// <param name="operation">The operation, given its number from 0.</param>
    public static async Task RunAsync(int perSecond, TimeSpan duration, Func<int, Task> operation)
    {
        var started = Stopwatch.GetTimestamp();
        var operations = new List<Task>();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond) + 1;
            while (operations.Count < due)
            {
                operations.Add(operation(operations.Count));
            }

            var next = TimeSpan.FromSeconds((double)operations.Count / perSecond) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(next > Shortest ? next : Shortest);
        }

        await Task.WhenAll(operations);
    }
}

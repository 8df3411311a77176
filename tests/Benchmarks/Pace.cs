using System.Diagnostics;

namespace ServerlessBlog.Benchmarks;

/// <summary>Starts acts at a steady rate, whether or not the ones before have ended: slow answers do not make for fewer questions.</summary>
internal static class Pace
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Runs an act so many times a second. Ends when all have.</summary>
    /// <param name="aSecond">How many are started a second.</param>
    /// <param name="duration">How long acts are started.</param>
    /// <param name="act">Given its number, from 0.</param>
    public static async Task RunAsync(int aSecond, TimeSpan duration, Func<int, Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        var acts = new List<Task>();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * aSecond) + 1;
            while (acts.Count < due)
            {
                acts.Add(act(acts.Count));
            }

            var next = TimeSpan.FromSeconds((double)acts.Count / aSecond) - Stopwatch.GetElapsedTime(began);
            await Task.Delay(next > Shortest ? next : Shortest);
        }

        await Task.WhenAll(acts);
    }
}

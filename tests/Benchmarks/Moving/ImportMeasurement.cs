using System.Diagnostics;
using System.Globalization;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Moving;

/// <summary>What an import took.</summary>
/// <param name="Seconds">The elapsed time in seconds.</param>
/// <param name="ProcessorMs">The processor time of its process in milliseconds.</param>
/// <param name="PeakMegabytes">The most memory that it held, in MB.</param>
/// <param name="Calls">
/// The number of its calls to storage, without those that only ask whether a report has come.
/// </param>
internal sealed record ImportMeasurement(double Seconds, double ProcessorMs, double PeakMegabytes, int Calls)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Imports a site of Jekyll into a running blog.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="connection">The connection string of the blog's storage.</param>
    public static async Task<ImportMeasurement> RunAsync(string site, string connection)
    {
        var calls = 0;
        await using var proxy = await StorageProxy.StartAsync(connection);
        proxy.ShouldCut = (call, isCarriedOut) =>
        {
            if (isCarriedOut && !call.StartsWith("GET /reports/", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref calls);
            }

            return false;
        };
        var data = Directory.CreateTempSubdirectory("blog-moving-");
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "storage.txt"), proxy.Connection);
        try
        {
            var watch = Stopwatch.StartNew();
            await using var import = ProgramRun.Blog(["import", "jekyll", site, "--data", data.FullName]);
            var (peak, processor) = await WatchAsync(import);
            var code = await import.EndAsync(TimeSpan.FromHours(1));
            return code == 0
                ? new ImportMeasurement(watch.Elapsed.TotalSeconds, processor, peak, calls)
                : throw new InvalidOperationException($"The import failed: {import.Output}{import.Errors}");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Reads the peak of memory and the processor time until the process has ended.</summary>
    private static async Task<(double Peak, double ProcessorMs)> WatchAsync(ProgramRun import)
    {
        var (peak, processor) = (0.0, 0.0);
        using var process = Process.GetProcessById(import.Id);
        while (ProgramRun.IsRunning(import.Id))
        {
            try
            {
                process.Refresh();
                processor = process.TotalProcessorTime.TotalMilliseconds;
                var line = File.ReadLines($"/proc/{import.Id}/status")
                    .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                peak = line is null
                    ? peak
                    : double.Parse(
                        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
                        CultureInfo.InvariantCulture
                    ) / 1000;
            }
            catch (Exception ended) when (ended is IOException or InvalidOperationException) { }

            await Task.Delay(Pause);
        }

        return (peak, processor);
    }
}

using System.CommandLine;
using System.Diagnostics;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Measures what the published handler takes to make the largest accepted picture smaller, twice at once, and how long
/// readers of a warm page wait meanwhile.
/// </summary>
internal static class PicturesCommand
{
    /// <summary>The longest answer of a warm page, as a part of the time for one picture.</summary>
    private const double LongestAnswerLimit = 0.1;

    private const string Page = "/posts/warm";

    private static readonly string[] Pictures = ["a.png", "b.png"];

    /// <summary>Milliseconds for each answer of the warm page, and the most threads that encoded at once.</summary>
    private sealed record Answers(IReadOnlyList<double> Times, int MostThreads);

    public static Command Create()
    {
        var command = new Command("pictures", "The largest picture, made smaller, and warm pages meanwhile.");
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        await PublishedHandler.EnsurePublishedAsync();
        var picture = TestPictures.Largest();
        LimitReport.Print($"Two PNGs of {picture.Length / 1e6:0.0} MB and 40 million pixels, asked for at once.");
        var report = new LimitReport();
        await MeasureAsync("all cores", PublishedHandler.Executable, picture, report);
        if (QuarterCore.FindProblem() is { } problem)
        {
            LimitReport.Print($"{problem}");
        }
        else
        {
            using var quarter = QuarterCore.Create(PublishedHandler.Executable);
            await MeasureAsync("a quarter of a core", quarter.Executable, picture, report);
        }

        return report.Close();
    }

    private static async Task MeasureAsync(string what, string executable, byte[] picture, LimitReport report)
    {
        await using var handler = await PublishedHandler.StartFromAsync(executable, await PrepareAsync(picture));
        using var client = new HttpClient
        {
            BaseAddress = handler.Http.BaseAddress,
            Timeout = TimeSpan.FromMinutes(10),
        };
        await handler.ReadAsync(Page);
        using var process = Process.GetProcessById(handler.Run.Id);
        var (before, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());

        var made = Task.WhenAll(
            Pictures.Select(name => client.GetAsync(new Uri($"/media/{name}?w=480", UriKind.Relative)))
        );
        var answers = await ReadUntilAsync(made, handler);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds / Pictures.Length;
        process.Refresh();
        var processor = (process.TotalProcessorTime - before).TotalMilliseconds / Pictures.Length;
        foreach (var response in await made)
        {
            using (response)
            {
                response.EnsureSuccessStatusCode();
            }
        }

        LimitReport.Print(
            $"{what}: {processor:0} ms of processor time and {elapsed:0} ms for each, with the warm pages meanwhile; ",
            $"{process.PeakWorkingSet64 / 1e6:0} MB at most"
        );
        LimitReport.Print(
            $"  {answers.Times.Count:N0} warm pages: p50 {Statistics.Percentile(answers.Times, 0.5):0.0} ms, ",
            $"p99 {Statistics.Percentile(answers.Times, 0.99):0.0} ms, most {answers.Times.Max():0.0} ms"
        );
        report.Exactly($"Pictures in work at the same moment, most, {what}", answers.MostThreads, 1);
        report.AtMost(
            $"Longest answer of a warm page against the time of a picture, {what}",
            answers.Times.Max() / elapsed,
            LongestAnswerLimit
        );
    }

    /// <summary>Reads the warm page every 10 ms until the pictures are made.</summary>
    private static async Task<Answers> ReadUntilAsync(Task made, PublishedHandler handler)
    {
        List<double> times = [];
        var mostThreads = 0;
        while (!made.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            await handler.ReadAsync(Page);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            mostThreads = Math.Max(mostThreads, EncodingThreads.Find(handler.Run.Id).Count);
            await Task.WhenAny(made, Task.Delay(TimeSpan.FromMilliseconds(10)));
        }

        return new Answers(times, mostThreads);
    }

    private static async Task<string> PrepareAsync(byte[] picture)
    {
        string connection;
        await using (var blog = await TestBlog.StartAsync())
        {
            await blog.PublishAsync("warm");
            connection = blog.Connection;
        }

        var media = new BlobContainerClient(connection, StorageNames.Media);
        await Task.WhenAll(
            Pictures.Select(name => media.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(picture)))
        );
        return connection;
    }
}

using System.CommandLine;
using System.Diagnostics;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Moving;

/// <summary>
/// Imports a generated site of Jekyll with 12 comments a post into an empty blog, and a tenth of it into another.
/// </summary>
internal static class MovingCommand
{
    private const int CommentsPerPost = 12;
    private const double MaxGrowth = 1.2;
    private const double MaxMegabytes = 300;
    private const double MaxMinutes = 6;
    private const double MaxSecondsAgain = 30;
    private const double MaxSecondsOfCheck = 10;

    public static Command Create()
    {
        var posts = new Option<int>("--posts")
        {
            Description = "How many posts, with 12 comments each.",
            HelpName = "N",
            DefaultValueFactory = _ => 2000,
        };
        var command = new Command("moving", "What the import of a blog takes, and whether it grows with its size.")
        {
            posts,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(posts)));
        return command;
    }

    private static async Task<int> RunAsync(int posts)
    {
        var report = new LimitReport();
        var (small, _, _) = await MeasureAsync(posts / 10);
        var (large, again, check) = await MeasureAsync(posts);
        var growth = 10.0;
        report.AtMost("storage calls a record, against a tenth", large.Calls / growth / small.Calls, MaxGrowth);
        report.AtMost(
            "processor time a record, against a tenth",
            large.ProcessorMs / growth / small.ProcessorMs,
            MaxGrowth
        );
        report.AtMost("memory", large.PeakMegabytes, MaxMegabytes, " MB");
        report.AtMost("time", large.Seconds / 60, MaxMinutes, " min");
        report.AtMost("again with nothing changed", again.Seconds, MaxSecondsAgain, " s");
        report.AtMost("check of the posts", check, MaxSecondsOfCheck, " s");
        return report.Close();
    }

    private static async Task<(ImportMeasurement First, ImportMeasurement Again, double Check)> MeasureAsync(int posts)
    {
        var folder = Directory.CreateTempSubdirectory("blog-moving-");
        try
        {
            var site = folder.CreateSubdirectory("site").FullName;
            var generator = new JekyllSiteGenerator(site);
            generator.Write(posts, posts * CommentsPerPost);
            var check = await CheckAsync(generator.Posts);
            var data = folder.CreateSubdirectory("data").FullName;
            await using var blog = ProgramRun.Blog(["--data", data, "--port", "0", "--no-samples"]);
            await blog.LineAsync("Read:");
            var connection = (await File.ReadAllTextAsync(Path.Combine(data, "storage.txt"))).Trim();
            var first = Print("first", posts, await ImportMeasurement.RunAsync(site, connection));
            var again = Print("again", posts, await ImportMeasurement.RunAsync(site, connection));
            await ProgramRun.SignalAsync("INT", blog.Id);
            await blog.EndAsync(TimeSpan.FromMinutes(1)); // its storage has written all by then
            return (first, again, check);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ImportMeasurement Print(string what, int posts, ImportMeasurement measured)
    {
        var records = posts * (1 + CommentsPerPost);
        LimitReport.Print(
            $"{posts:N0} posts, {records - posts:N0} comments, {what}: {measured.Seconds:0} s, ",
            $"{(double)measured.Calls / records:0.00} calls and {measured.ProcessorMs / records:0.00} ms a record, ",
            $"{measured.PeakMegabytes:0} MB"
        );
        return measured;
    }

    private static async Task<double> CheckAsync(string posts)
    {
        var watch = Stopwatch.StartNew();
        await using var check = ProgramRun.Blog(["check", posts]);
        await check.EndAsync(TimeSpan.FromMinutes(10));
        return watch.Elapsed.TotalSeconds;
    }
}

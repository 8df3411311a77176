using System.CommandLine;
using System.Diagnostics;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Uploads many posts to the local blog with its own command, and measures what the blog takes for each.
/// </summary>
internal static class IntakeCommand
{
    /// <summary>The length of a post's text in bytes: 5 KB.</summary>
    private const int PostBytes = 5 * 1024;

    private const double MaxProcessorTime = 15;

    public static Command Create()
    {
        var posts = new Option<int>("--posts")
        {
            Description = "How many posts.",
            HelpName = "N",
            DefaultValueFactory = _ => 2000,
        };
        var command = new Command("intake", "Files per second and processor time of a large upload, first and last.")
        {
            posts,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(posts)));
        return command;
    }

    private static async Task<int> RunAsync(int count)
    {
        var (folder, edge) = (Directory.CreateTempSubdirectory("blog-intake-"), count / 4);
        try
        {
            WritePosts(folder.CreateSubdirectory("posts").FullName, count);
            var data = folder.CreateSubdirectory("data").FullName;
            await using var blog = ProgramRun.Blog(["--data", data, "--port", "0", "--no-samples"]);
            await blog.LineAsync("Read:");
            using var process = Process.GetProcessById(blog.Id);
            var figures = await UploadAsync(process, Path.Combine(folder.FullName, "posts"), data, count, edge);
            return Report(figures, edge);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Uploads the posts. Returns time and processor time of the blog at each quarter.</summary>
    private static async Task<List<(double Seconds, double ProcessorMs)>> UploadAsync(
        Process blog,
        string posts,
        string data,
        int count,
        int edge
    )
    {
        List<(double Seconds, double ProcessorMs)> figures = [];
        var watch = Stopwatch.StartNew();
        await using var upload = ProgramRun.Blog(["upload", posts, "--data", data]);
        for (var done = 0; figures.Count <= count / edge; )
        {
            while (figures.Count <= done / edge && figures.Count <= count / edge)
            {
                blog.Refresh();
                figures.Add((watch.Elapsed.TotalSeconds, blog.TotalProcessorTime.TotalMilliseconds));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
            done = upload.Output.AsSpan().Count(": published at ");
        }

        return figures;
    }

    private static int Report(List<(double Seconds, double ProcessorMs)> figures, int edge)
    {
        var report = new LimitReport();
        var rates = figures.Zip(figures.Skip(1), (from, to) => edge / (to.Seconds - from.Seconds)).ToList();
        var costs = figures.Zip(figures.Skip(1), (from, to) => (to.ProcessorMs - from.ProcessorMs) / edge).ToList();
        foreach (var (quarter, (rate, cost)) in rates.Zip(costs).Index())
        {
            LimitReport.Print(
                $"posts {(quarter * edge) + 1:N0} to {(quarter + 1) * edge:N0}: {rate:0.0} files/s, ",
                $"{cost:0.0} ms of the blog's processor time a post"
            );
        }

        report.Note(
            "files/s, last quarter against first",
            rates[^1] / rates[0],
            "Azurite goes through the whole table for each query"
        );
        report.AtMost("processor time a post, last quarter", costs[^1], MaxProcessorTime, " ms");
        return report.Close();
    }

    private static void WritePosts(string folder, int count)
    {
        const string Sentence = "A sentence with *emphasis*, a [link](https://example.com/) and `code` in it. ";
        var paragraph = string.Concat(Enumerable.Repeat(Sentence, 6)).TrimEnd();
        var body = string.Concat(Enumerable.Repeat(paragraph + "\n\n", PostBytes / (paragraph.Length + 2)));
        for (var number = 1; number <= count; number++)
        {
            File.WriteAllText(
                Path.Combine(folder, $"post-{number:D5}.md"),
                $"---\ntitle: Post {number}\ndate: {2000 + (number % 25)}-01-02\ntags: [tag {number % 50}]\n---\n{body}"
            );
        }
    }
}

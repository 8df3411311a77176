using System.CommandLine;
using System.Diagnostics;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Hugo;

/// <summary>
/// Compares the blog's own rendering of a folder of Markdown files with that of hugo, on the same files.
/// </summary>
internal static class HugoCommand
{
    private const int Posts = 2_000;
    private const double Limit = 1.5;

    public static Command Create()
    {
        var pairs = new Option<int>("--pairs")
        {
            Description = "How often each of the two is measured.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        var command = new Command("hugo", "A folder of Markdown files to pages, against hugo.") { pairs };
        command.SetAction((line, _) => RunAsync(line.GetValue(pairs)));
        return command;
    }

    private static async Task<int> RunAsync(int pairs)
    {
        var hugo = Tool.Find("hugo");
        var folder = Directory.CreateTempSubdirectory("blog-hugo-").FullName;
        try
        {
            var bytes = HugoSite.Write(folder, Posts);
            LimitReport.Print(
                $"{Posts:N0} files of Markdown, {bytes / Posts:N0} bytes each, to full pages on disk; {pairs} pairs. ",
                $"hugo without taxonomies, feeds, home and sitemap; both colour code by class."
            );
            var site = new FolderOfPosts(Path.Combine(folder, "content", "posts"), Path.Combine(folder, "pages"));
            await site.RenderAsync(); // Warm-up: the handler is a long-running process.
            var ratios = new List<double>();
            for (var pair = 1; pair <= pairs; pair++)
            {
                var blogSeconds = await TimeAsync(site.RenderAsync);
                var hugoSeconds = await TimeAsync(() => HugoAsync(hugo, folder));
                LimitReport.Print(
                    $"  {pair}: blog {Posts / blogSeconds:N0} pages/s ({blogSeconds:0.00} s); ",
                    $"hugo {Posts / hugoSeconds:N0} pages/s ({hugoSeconds:0.00} s)"
                );
                ratios.Add(hugoSeconds / blogSeconds);
            }

            HugoSite.Check(Path.Combine(folder, "pages"), Path.Combine(folder, "public", "posts"), Posts);
            var report = new LimitReport();
            report.AtLeast("pages/s, blog to hugo, median of pairs", Statistics.Median(ratios), Limit);
            return report.Close();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The time that an action takes, in seconds.</summary>
    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var began = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task HugoAsync(string hugo, string folder)
    {
        await using var run = ProgramRun.Start(hugo, ["--source", folder, "--quiet"]);
        if (await run.EndAsync(TimeSpan.FromMinutes(5)) != 0)
        {
            throw new InvalidOperationException($"hugo failed: {run.Output} {run.Errors}");
        }
    }
}

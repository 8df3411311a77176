using System.CommandLine;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Compares the cost of pages and of publishing between a blog with 100 posts and 100 comments on one post, and a blog
/// with 10,000 of each.
/// </summary>
internal static class GrowthCommand
{
    private const double Limit = 1.2;

    public static Command Create()
    {
        var small = new Option<int>("--small")
        {
            Description = "Posts, and comments on one, of the small blog.",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        var large = new Option<int>("--large")
        {
            Description = "The same of the large one.",
            HelpName = "N",
            DefaultValueFactory = _ => 10_000,
        };
        var times = new Option<int>("--times")
        {
            Description = "How often each page is rendered.",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        var command = new Command("growth", "What pages and publishing cost on a large blog against a small one.")
        {
            small,
            large,
            times,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(small), line.GetValue(large), line.GetValue(times)));
        return command;
    }

    private static async Task<int> RunAsync(int small, int large, int times)
    {
        LimitReport.Print(
            $"{small:N0} posts and a post with {small:N0} comments against {large:N0}: ",
            $"page rendered anew, warm page, publishing; medians of {times}, in pairs."
        );
        await using var few = await SizedBlog.StartAsync(small);
        await using var many = await SizedBlog.StartAsync(large);
        var report = new LimitReport();
        await CompareAsync("post rendered anew", few, many, times, blog => blog.RenderPostAsync(), report);
        await CompareAsync("home rendered anew", few, many, times, blog => blog.RenderHomeAsync(), report);
        await CompareAsync("feed rendered anew", few, many, times, blog => blog.RenderFeedAsync(), report);
        await CompareAsync("post warm", few, many, times, blog => blog.ReadPostAsync(), report);
        await CompareAsync("home warm", few, many, times, blog => blog.ReadHomeAsync(), report);

        var (writesFew, writesMany) = (await few.PublishAsync(), await many.PublishAsync());
        LimitReport.Print(
            $"publishing one more: {writesFew.Count} storage writes and {writesMany.Count}: ",
            $"{string.Join(", ", writesMany)}"
        );
        report.Exactly("publishing one more: storage writes, large less small", writesMany.Count - writesFew.Count, 0);
        return report.Close();
    }

    private static async Task CompareAsync(
        string what,
        SizedBlog few,
        SizedBlog many,
        int times,
        Func<SizedBlog, Task<Cost>> measure,
        LimitReport report
    )
    {
        var (costsFew, costsMany) = (new List<Cost>(), new List<Cost>());
        for (var time = 0; time < times + 5; time++)
        {
            costsFew.Add(await measure(few));
            costsMany.Add(await measure(many));
        }

        costsFew.RemoveRange(0, 5); // warm-up
        costsMany.RemoveRange(0, 5);
        var (fewer, more) = (Cost.Median(costsFew), Cost.Median(costsMany));
        LimitReport.Print($"{what}: {fewer} and {more}");
        report.Note(
            $"{what}: time with the emulator's",
            more.Milliseconds / fewer.Milliseconds,
            "Azurite goes through the whole table for each query"
        );
        report.AtMost($"{what}: time without storage's own", more.OwnMilliseconds / fewer.OwnMilliseconds, Limit);
        report.AtMost($"{what}: allocated bytes", more.Bytes / fewer.Bytes, Limit);
        if (what.EndsWith("anew", StringComparison.Ordinal))
        {
            report.AtLeast(
                $"{what}: storage calls of each, or nothing was rendered",
                Math.Min(fewer.Calls, more.Calls),
                1
            );
        }

        report.AtMost($"{what}: storage calls", fewer.Calls == more.Calls ? 1 : more.Calls / fewer.Calls, Limit);
    }
}

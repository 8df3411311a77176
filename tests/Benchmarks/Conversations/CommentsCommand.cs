using System.CommandLine;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>
/// Measures the time from sending a comment until a reader sees it, at 20 comments/s beside 200 reads/s, and how long
/// those reads take inside the handler.
/// </summary>
internal static class CommentsCommand
{
    private const int CommentsPerSecond = 20;
    private const int PollsPerSecond = 50;
    private const int Posts = 5;

    private static readonly string[] Paths =
    [
        .. Enumerable.Range(0, Posts).Select(number => $"/posts/measured-{number}"),
    ];

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long comments come; before and after, a third of it, none do.",
            HelpName = "N",
            DefaultValueFactory = _ => 120,
        };
        var command = new Command("comments", "From sending a comment until it is seen.") { seconds };
        command.SetAction((line, _) => RunAsync(line.GetValue(seconds)));
        return command;
    }

    private static async Task<int> RunAsync(int seconds)
    {
        Wrk.Require();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await StandInHost.StartAsync(
            await PrepareAsync(),
            null,
            [
                .. receiver.Settings,
                ("Blog__Comments__PreviouslyApproved", "false"),
                ("Logging__LogLevel__Default", "Error"),
            ]
        );
        var handler = await host.HandlerAsync();
        var watch = new CommentWatch();
        var conversations = await Task.WhenAll(
            Paths.Select(path => WatchedConversation.OpenAsync(handler, path, watch))
        );
        var quiet = Math.Max(2, seconds / 3);
        LimitReport.Print(
            $"{CommentsPerSecond} comments/s over {Posts} posts for {seconds} s, 200 reads/s beside them; ",
            $"before and after, reads alone for {quiet} s."
        );
        await ReadAsync(handler, conversations, 2); // warm-up

        var before = await ReadAsync(handler, conversations, quiet);
        var earlier = await RequestDurations.ReadAsync(receiver, handler);
        var reading = ReadAsync(handler, conversations, seconds);
        var writing = Pace.RunAsync(CommentsPerSecond, TimeSpan.FromSeconds(seconds), number =>
            conversations[number % Posts].WriteAsync(number)
        );
        var during = await reading;
        await writing;
        var inside = (await RequestDurations.ReadAsync(receiver, handler)).Since(earlier);
        await DrainAsync(conversations, watch);
        var after = await ReadAsync(handler, conversations, quiet);

        var seen = watch.Seen;
        LimitReport.Print(
            $"comments: {watch.Sent:N0} sent, {seen.Count:N0} seen; until seen: ",
            $"p50 {Statistics.Percentile(seen, 0.5):0} ms, p95 {Statistics.Percentile(seen, 0.95):0} ms, ",
            $"p99 {Statistics.Percentile(seen, 0.99):0} ms, most {Statistics.Percentile(seen, 1):0} ms"
        );
        LimitReport.Print(
            $"p99 of reads: before {before.P99:0.00} ms, with comments {during.P99:0.00} ms, ",
            $"after {after.P99:0.00} ms; reads/s {before.Rate:0}, {during.Rate:0}, {after.Rate:0}"
        );
        var report = new LimitReport();
        report.Exactly("comments never seen", watch.Sent - seen.Count, 0);
        report.Note("ms from sending a comment until it is seen, p95", Statistics.Percentile(seen, 0.95), "goal 1,000");
        report.AtMost("ms of reads inside the handler with comments, p99", inside.Percentile(0.99) * 1000, 5);
        return report.Close();
    }

    /// <summary>
    /// Measures reads with wrk, in a process of its own, while this process polls for new comments; the polls are not
    /// part of the result.
    /// </summary>
    private static async Task<Wrk.Result> ReadAsync(
        PublishedHandler handler,
        WatchedConversation[] conversations,
        int seconds
    )
    {
        var polling = PollAsync(conversations, seconds);
        var reads = await Wrk.ReadAsync(handler.Http.BaseAddress!, Paths, seconds);
        await polling;
        return reads;
    }

    private static Task PollAsync(WatchedConversation[] conversations, int seconds) =>
        Pace.RunAsync(PollsPerSecond, TimeSpan.FromSeconds(seconds), number =>
            conversations[number % Posts].PollAsync()
        );

    /// <summary>Polls until every comment has been seen, for at most 30 s.</summary>
    private static async Task DrainAsync(WatchedConversation[] conversations, CommentWatch watch)
    {
        for (var second = 0; second < 30 && watch.Seen.Count < watch.Sent; second++)
        {
            await PollAsync(conversations, 1);
        }
    }

    private static async Task<string> PrepareAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        for (var number = 0; number < Posts; number++)
        {
            await blog.PublishAsync($"measured-{number}", $"Measured {number}", ConversationBuilder.Body);
        }

        return blog.Connection;
    }
}

using System.CommandLine;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>From sending a comment until a reader sees it, at 20 comments a second beside 200 reads; and what the comments cost those readers.</summary>
internal static class CommentsCommand
{
    private const int CommentsASecond = 20;
    private const int LooksASecond = 50;
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
        await using var host = await StandInHost.StartAsync(
            await PrepareAsync(),
            null,
            ("Blog__Comments__PreviouslyApproved", "false"),
            ("Logging__LogLevel__Default", "Error")
        );
        var handler = await host.HandlerAsync();
        var watch = new CommentWatch();
        var conversations = await Task.WhenAll(
            Paths.Select(path => WatchedConversation.OpenAsync(handler, path, watch))
        );
        var quiet = Math.Max(2, seconds / 3);
        LimitReport.Say(
            $"{CommentsASecond} comments/s over {Posts} posts for {seconds} s, 200 reads/s beside them; before and after, reads alone for {quiet} s."
        );
        await ReadAsync(handler, conversations, 2); // warm

        var before = await ReadAsync(handler, conversations, quiet);
        var reading = ReadAsync(handler, conversations, seconds);
        var writing = Pace.RunAsync(CommentsASecond, TimeSpan.FromSeconds(seconds), number =>
            conversations[number % Posts].WriteAsync(number)
        );
        var during = await reading;
        await writing;
        await DrainAsync(conversations, watch);
        var after = await ReadAsync(handler, conversations, quiet);

        var seen = watch.Seen;
        LimitReport.Say(
            $"comments: {watch.Sent:N0} sent, {seen.Count:N0} seen; until seen: p50 {Figures.Percentile(seen, 0.5):0} ms, p95 {Figures.Percentile(seen, 0.95):0} ms, p99 {Figures.Percentile(seen, 0.99):0} ms, most {Figures.Percentile(seen, 1):0} ms"
        );
        LimitReport.Say(
            $"p99 of reads: before {before.P99:0.00} ms, with comments {during.P99:0.00} ms, after {after.P99:0.00} ms; reads/s {before.Rate:0}, {during.Rate:0}, {after.Rate:0}"
        );
        var limitReport = new LimitReport();
        limitReport.Exactly("comments never seen", watch.Sent - seen.Count, 0);
        limitReport.AtMost("from sending a comment until it is seen, p95", Figures.Percentile(seen, 0.95), 1000, " ms");
        limitReport.AtMost("p99 of reads, with comments to without", during.P99 / ((before.P99 + after.P99) / 2), 1.2);
        return limitReport.Close();
    }

    /// <summary>The readers are measured in a process of their own; who looks for comments meanwhile is not.</summary>
    private static async Task<Wrk.Result> ReadAsync(
        PublishedHandler handler,
        WatchedConversation[] conversations,
        int seconds
    )
    {
        var looking = LookAsync(conversations, seconds);
        var reads = await Wrk.ReadAsync(handler.Http.BaseAddress!, Paths, seconds);
        await looking;
        return reads;
    }

    private static Task LookAsync(WatchedConversation[] conversations, int seconds) =>
        Pace.RunAsync(LooksASecond, TimeSpan.FromSeconds(seconds), number => conversations[number % Posts].LookAsync());

    /// <summary>Looks on, for 30 s at most, until the last comments are seen.</summary>
    private static async Task DrainAsync(WatchedConversation[] conversations, CommentWatch watch)
    {
        for (var second = 0; second < 30 && watch.Seen.Count < watch.Sent; second++)
        {
            await LookAsync(conversations, 1);
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

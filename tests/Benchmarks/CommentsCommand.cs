using System.CommandLine;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Benchmarks;

/// <summary>From sending a comment until a reader sees it, at 20 comments a second beside 200 reads; and what the comments cost those readers.</summary>
internal static class CommentsCommand
{
    private const int CommentsASecond = 20;
    private const int ReadsASecond = 200;
    private const int Posts = 5;

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long comments come; before and after, a third of it, none do.", HelpName = "N", DefaultValueFactory = _ => 120 };
        var command = new Command("comments", "From sending a comment until it is seen.") { seconds };
        command.SetAction((line, _) => RunAsync(line.GetValue(seconds)));
        return command;
    }

    private static async Task<int> RunAsync(int seconds)
    {
        await using var host = await StandInHost.StartAsync(await PrepareAsync(), null, ("Blog__Comments__PreviouslyApproved", "false"), ("Logging__LogLevel__Default", "Error"));
        var handler = await host.HandlerAsync();
        var watch = new CommentWatch();
        var conversations = await Task.WhenAll(Enumerable.Range(0, Posts).Select(number => WatchedConversation.OpenAsync(handler, PathOf(number), watch)));
        var quiet = TimeSpan.FromSeconds(Math.Max(2, seconds / 3));
        Verdict.Say($"{CommentsASecond} comments/s over {Posts} posts for {seconds} s, {ReadsASecond} reads/s beside them; before and after, reads alone for {quiet.TotalSeconds:0} s.");
        await ReadAsync(conversations, TimeSpan.FromSeconds(2)); // warm

        var before = await ReadAsync(conversations, quiet);
        var reading = ReadAsync(conversations, TimeSpan.FromSeconds(seconds));
        var writing = Pace.RunAsync(CommentsASecond, TimeSpan.FromSeconds(seconds), number => conversations[number % Posts].WriteAsync(number));
        var during = await reading;
        await writing;
        await DrainAsync(conversations, watch);
        var after = await ReadAsync(conversations, quiet);

        var seen = watch.Seen;
        Verdict.Say($"comments: {watch.Sent:N0} sent, {seen.Count:N0} seen; until seen: p50 {Figures.Percentile(seen, 0.5):0} ms, p95 {Figures.Percentile(seen, 0.95):0} ms, p99 {Figures.Percentile(seen, 0.99):0} ms, most {Figures.Percentile(seen, 1):0} ms");
        Say("reads before", before);
        Say("reads with comments", during);
        Say("reads after", after);
        var without = (Figures.Percentile(before, 0.99) + Figures.Percentile(after, 0.99)) / 2;
        var verdict = new Verdict();
        verdict.Exactly("comments never seen", watch.Sent - seen.Count, 0);
        verdict.AtMost("from sending a comment until it is seen, p95", Figures.Percentile(seen, 0.95), 1000, " ms");
        verdict.AtMost("p99 of reads, with comments to without", Figures.Percentile(during, 0.99) / without, 1.2);
        return verdict.Close();
    }

    private static void Say(string what, IReadOnlyList<double> reads) =>
        Verdict.Say($"{what}: {reads.Count:N0}, p50 {Figures.Percentile(reads, 0.5):0.00} ms, p95 {Figures.Percentile(reads, 0.95):0.00} ms, p99 {Figures.Percentile(reads, 0.99):0.00} ms");

    /// <summary>Every other read is of a post's last page, where new comments appear: the readers are who sees them, and watching is no load of its own.</summary>
    private static Task<IReadOnlyList<double>> ReadAsync(WatchedConversation[] conversations, TimeSpan duration) => Pace.RunAsync(
        ReadsASecond, duration, number => conversations[number / 2 % Posts].ReadAsync(isLast: number % 2 == 0));

    /// <summary>Reads on, for 30 s at most, until the last comments are seen.</summary>
    private static async Task DrainAsync(WatchedConversation[] conversations, CommentWatch watch)
    {
        for (var second = 0; second < 30 && watch.Seen.Count < watch.Sent; second++)
        {
            await ReadAsync(conversations, TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<string> PrepareAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        for (var number = 0; number < Posts; number++)
        {
            await blog.PublishAsync($"measured-{number}", $"Measured {number}", Conversation.Body);
        }

        return blog.Connection;
    }

    private static string PathOf(int number) => $"/posts/measured-{number}";
}

using Azure.Data.Tables;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Failures;

[Trait("Category", "Slow")]
public sealed class PoisonTests
{
    private static readonly LocalHostOptions NoDelay = new() { RetryDelay = TimeSpan.Zero };

    [Fact]
    public async Task A_message_that_failed_too_often_has_its_reasons_and_is_retried_by_a_command()
    {
        await using var blog = await TestBlog.StartAsync(options: NoDelay);
        await blog.Get<BlogStorage>().Queue(StorageNames.UploadQueue).SendMessageAsync("no event");
        var poison = await PoisonAsync(blog, tries: 5);

        Assert.Equal((StorageNames.UploadQueue, "no event"), (poison.Queue, poison.Text));
        Assert.Equal(
            Enumerable
                .Range(1, 5)
                .Select(@try => $"Try {@try}: InvalidDataException: The message is not a blob event."),
            poison.History.Select(entry => entry.Reason)
        );
        var listed = await CommandAsync(blog, "poison");
        Assert.Contains("uploads: no event", listed, StringComparison.Ordinal);
        Assert.Contains(
            "Try 5: InvalidDataException: The message is not a blob event.",
            listed,
            StringComparison.Ordinal
        );

        Assert.Contains(
            "uploads: 1 put back",
            await CommandAsync(blog, "poison", "retry", "uploads"),
            StringComparison.Ordinal
        );

        var again = await PoisonAsync(blog, tries: 11);
        Assert.Equal("Put back by hand.", again.History[5].Reason);
    }

    [Fact]
    public async Task A_message_that_succeeded_in_the_end_leaves_no_failure_entry()
    {
        await using var blog = await TestBlog.StartAsync(options: NoDelay);
        var post = await blog.PublishAsync("recovering");
        var failed = 0;
        blog.Calls.ShouldFail = call =>
            call.StartsWith("POST /$batch", StringComparison.Ordinal) && Interlocked.Increment(ref failed) <= 2;

        (await blog.CommentAsync(post, "It gets there.")).Dispose();
        await blog.ReadUntilAsync("/posts/recovering", page =>
            page.Contains("It gets there.", StringComparison.Ordinal)
        );

        Assert.True(failed > 2);
        await TestBlog.WaitUntilAsync(
            async () =>
                await new TableClient(blog.Connection, StorageNames.FailureTable)
                    .QueryAsync<TableEntity>()
                    .CountAsync(),
            count => count == 0,
            "no failure noted"
        );
    }

    [Fact]
    public async Task Failures_that_cannot_be_recorded_do_not_affect_the_message()
    {
        await using var blog = await TestBlog.StartAsync(options: NoDelay);
        blog.Calls.ShouldFail = call =>
            call.Contains("/failures", StringComparison.Ordinal) && !call.StartsWith("GET ", StringComparison.Ordinal);
        await blog.Get<BlogStorage>().Queue(StorageNames.ModerationQueue).SendMessageAsync("no key");

        var poison = await PoisonAsync(blog, tries: 0);

        Assert.Equal("no key", poison.Text);
    }

    [Fact]
    public async Task The_last_attempts_are_kept_and_long_reasons_truncated()
    {
        await using var blog = await TestBlog.StartAsync();
        var failures = blog.Get<FailureTable>();
        for (var @try = 1; @try <= FailureTable.MaxAttempts + 2; @try++)
        {
            await failures.AddAsync(
                "uploads",
                "text",
                $"{@try} {new string('x', 2 * FailureTable.MaxReason)}",
                CancellationToken.None
            );
        }

        var history = await failures.GetHistoryAsync("uploads", "text", CancellationToken.None);

        Assert.Equal(FailureTable.MaxAttempts, history.Count);
        Assert.StartsWith("3 x", history[0].Reason, StringComparison.Ordinal);
        Assert.All(history, entry => Assert.Equal(FailureTable.MaxReason, entry.Reason.Length));
    }

    [Fact]
    public async Task The_command_reports_that_nothing_failed_and_refuses_an_unknown_queue()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.Equal("No message has failed too often.\n", await CommandAsync(blog, "poison"));
        Assert.Equal("No message has failed too often.\n", await CommandAsync(blog, "failed"));
        Assert.Equal(await CommandAsync(blog, "poison", "retry"), await CommandAsync(blog, "failed", "retry"));
        var help = await CommandAsync(blog, "--help");
        Assert.Contains("  failed  ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("poison", help, StringComparison.OrdinalIgnoreCase);
        await using var unknown = ProgramRun.Blog(
            ["poison", "retry", "none"],
            new KeyValuePair<string, string>(StorageNames.Connection, blog.Connection)
        );
        Assert.Equal(1, await unknown.EndAsync());
        Assert.Equal(
            "There is no queue 'none': name one of uploads, raises, moderation, notices, sign-ins.\n",
            unknown.Errors
        );
    }

    private static async Task<PoisonMessage> PoisonAsync(TestBlog blog, int tries)
    {
        var queues = new PoisonQueues(blog.Get<BlogStorage>(), blog.Get<FailureTable>());
        var found = await TestBlog.WaitUntilAsync(
            () => queues.ListAsync(CancellationToken.None),
            messages => messages is [{ } only] && only.History.Count == tries,
            $"a poison message with {tries} attempts"
        );
        return found.Single();
    }

    private static async Task<string> CommandAsync(TestBlog blog, params string[] arguments)
    {
        await using var run = ProgramRun.Blog(
            ["--data", Path.Combine(Path.GetTempPath(), $"blog-none-{Guid.NewGuid():N}"), .. arguments],
            new KeyValuePair<string, string>(StorageNames.Connection, blog.Connection)
        );
        Assert.Equal(0, await run.EndAsync());
        return run.Output;
    }
}

using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Admin.Failures;

public sealed partial class FailuresTests : IAsyncLifetime
{
    private const string FailuresPath = "/moderate/failures/all";

    private TestBlog _blog = null!;
    private AdminDriver _moderator = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync(options: new LocalHostOptions { RetryDelay = TimeSpan.Zero });
        _moderator = await AdminDriver.SignInAsync(_blog);
    }

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    [Fact]
    public async Task A_refused_upload_is_listed_until_it_is_corrected_or_deleted()
    {
        await _blog.PublishAsync("good");
        await _blog.UploadAsync("trip/one & two.md", "---\ntitle: [\n---\n");
        await _blog.UploadAsync("theme/theme.css", new byte[100_000]);

        var both = await _moderator.ReadAsync(FailuresPath);
        await _blog.UploadAsync("trip/one & two.md", "---\ntitle: Mended\n---\n");
        var one = await _moderator.ReadAsync(FailuresPath);
        await _blog.DeleteAsync("theme/theme.css", StorageNames.Media);
        var none = await _moderator.ReadAsync(FailuresPath);

        Assert.Equal(["media/theme/theme.css", "trip/one &amp; two.md"], RefusedIn(both));
        Assert.Contains("<li>line 3, column 1: ", both, StringComparison.Ordinal);
        Assert.Contains("keep at most 65,536 (64 KiB).", both, StringComparison.Ordinal);
        Assert.DoesNotContain("good.md", both, StringComparison.Ordinal);
        Assert.Equal(["media/theme/theme.css"], RefusedIn(one));
        Assert.Empty(RefusedIn(none));
        Assert.Contains("None: every file is where it belongs.", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_many_refused_uploads_the_newest_are_shown_with_one_call_for_all_of_them()
    {
        var reports = _blog.Get<ReportFiles>();
        await Parallel.ForEachAsync(Enumerable.Range(0, ReportFiles.MaxRefused + 20), async (number, stop) =>
            await reports.WriteAsync(
                new UploadReport($"old-{number}.md", "1", UploadOutcome.Refused, ["line 1, column 1: no."]),
                stop
            )
        );
        await reports.WriteAsync(
            new UploadReport("newest.md", "1", UploadOutcome.Refused, ["line 1, column 1: no."]),
            CancellationToken.None
        );
        await _moderator.ReadAsync(FailuresPath);
        _blog.Calls.Clear();

        var page = await _moderator.ReadAsync(FailuresPath);

        Assert.Equal(ReportFiles.MaxRefused, RefusedIn(page).Count);
        Assert.Equal("newest.md", RefusedIn(page)[0]);
        Assert.Contains("These are the newest 100; there may be more.", page, StringComparison.Ordinal);
        // One reads all of them, one counts them for the menu.
        Assert.Equal(2, _blog.Calls.Recorded.Count(call => call.StartsWith("GET /posts()", StringComparison.Ordinal)));
        Assert.DoesNotContain(_blog.Calls.Recorded, call => call.Contains("/reports", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_failed_too_often_is_shown_with_its_reasons_and_a_button_retries_it()
    {
        await _blog
            .Get<BlogStorage>()
            .Queue(StorageNames.UploadQueue)
            .SendMessageAsync($"<b>no event</b> {new string('x', 1000)} end");
        var page = await ReadUntilAsync(text => text.Contains("What went wrong, 5 times", StringComparison.Ordinal));

        using var retried = await _moderator.PostAsync(FailuresPath, ("queue", StorageNames.UploadQueue));
        var response = await retried.Content.ReadAsStringAsync();

        Assert.Contains("&lt;b&gt;no event&lt;/b&gt; x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("x end", page, StringComparison.Ordinal);
        Assert.Equal(
            5,
            Regex.Count(page, "</time>: Try [1-5]: InvalidDataException: The message is not a blob event\\.</li>")
        );
        Assert.Contains("1 message was put back into the queue uploads.", response, StringComparison.Ordinal);
        await ReadUntilAsync(text =>
            text.Contains("What went wrong, 11 times", StringComparison.Ordinal)
            && text.Contains("Put back by hand.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_failed_messages_or_for_an_unknown_queue_nothing_is_done()
    {
        using var none = await _moderator.PostAsync(FailuresPath, ("queue", StorageNames.NotificationQueue));
        using var unknown = await _moderator.PostAsync(FailuresPath, ("queue", "notices-poison"));
        using var nothing = await _moderator.PostAsync(FailuresPath);

        Assert.Contains(
            "There was no message to put back into the queue notices.",
            await none.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Nothing was done: there is no such queue.",
            await unknown.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, nothing.StatusCode);
        Assert.Contains(
            "None: nothing was put aside.",
            await _moderator.ReadAsync(FailuresPath),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unknown_setting_is_shown()
    {
        await using var blog = await TestBlog.StartAsync(
            settings: new() { ["Blog:Titel"] = "hunter2", ["Blog:Foo<b>"] = "1" },
            options: TestBlog.IdleHostOptions
        );

        var page = await (await AdminDriver.SignInAsync(blog)).ReadAsync(FailuresPath);

        Assert.Contains("<h2>Settings that are not used</h2>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<li>The blog has no setting Blog__Titel: did you mean Blog__Title?</li>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<li>The blog has no setting Blog__Foo&lt;b&gt;: remove it, or check its name.</li>",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hunter2", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Settings that are not used",
            await _moderator.ReadAsync(FailuresPath),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_great_many_messages_are_put_back_in_batches()
    {
        var queues = _blog.Get<PoisonQueues>();
        var poison = _blog.Get<BlogStorage>().Queue(StorageNames.PoisonQueueOf(StorageNames.NotificationQueue));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => poison.SendMessageAsync($"{number}")));

        var first = await queues.RetryAsync(StorageNames.NotificationQueue, CancellationToken.None, most: 20);
        var left = (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount;

        Assert.InRange(first, 20, 39);
        Assert.InRange(left, 1, 40);
        Assert.Equal(
            "320 messages were put back into the queue notices. There may be more.",
            FailuresPageRenderer.RetrySentence(
                SiteTexts.BuiltIn,
                StorageNames.NotificationQueue,
                FailuresPageRenderer.MaxRetried
            )
        );
    }

    private Task<string> ReadUntilAsync(Func<string, bool> wanted) =>
        TestBlog.WaitUntilAsync(() => _moderator.ReadAsync(FailuresPath), wanted, "the expected page of failures");

    private static IReadOnlyList<string> RefusedIn(string page) =>
        [
            .. Heading()
                .Matches(page[..page.IndexOf("Messages that failed", StringComparison.Ordinal)])
                .Select(match => match.Groups[1].Value),
        ];

    [GeneratedRegex("<h3>\\s*(?:<a [^>]+>)?([^<]+?)\\s*</")]
    private static partial Regex Heading();
}

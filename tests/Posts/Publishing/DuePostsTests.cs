using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Dates of posts are met by messages that become visible then; a timer finds what became of none.</summary>
public sealed class DuePostsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Noon);

    [Fact]
    public async Task A_message_for_a_far_date_sends_itself_again_every_6_days_and_is_exact()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("far.md", Scheduled("2026-05-16T08:00:30Z"));

        var sent = new List<DelayedMessage>();
        while (fixture.Delayed.Waiting is [var message])
        {
            Assert.Equal("404", await fixture.StatusAsync("/posts/far"));
            sent.Add(message);
            _clock.Advance(message.VisibleAt - _clock.GetUtcNow());
            await fixture.DeliverDelayedAsync();
        }

        Assert.Equal("200", await fixture.StatusAsync("/posts/far"));
        Assert.Equal(
            [Noon.AddDays(6), Noon.AddDays(12), new(2026, 5, 16, 8, 0, 30, TimeSpan.Zero)],
            sent.Select(message => message.VisibleAt)
        );
        Assert.All(sent, message =>
        {
            Assert.Equal((StorageNames.UploadQueue, "-1"), (message.Queue, message.TimeToLive));
            Assert.InRange(message.Delay, TimeSpan.FromSeconds(1), TimeSpan.FromDays(6));
        });
    }

    [Fact]
    public async Task A_message_that_comes_too_early_is_sent_again_for_the_rest_of_the_time()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("early.md", Scheduled("2026-05-01T12:00:10.5Z"));
        var first = Assert.Single(fixture.Delayed.Waiting);

        fixture.Delayed.LoseAll();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await DeliverAsync(fixture, first.Text);

        Assert.Equal(TimeSpan.FromSeconds(11), first.Delay); // whole seconds, rounded up
        Assert.Equal("404", await fixture.StatusAsync("/posts/early"));
        var again = Assert.Single(fixture.Delayed.Waiting);
        Assert.Equal((first.Text, TimeSpan.FromSeconds(1)), (again.Text, again.Delay));
    }

    [Fact]
    public async Task A_message_for_a_date_that_was_changed_publishes_nothing_early_and_ends()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("moved.md", Scheduled("2026-05-02"));
        await fixture.PublishAsync("moved.md", Scheduled("2026-05-04"));
        Assert.Equal(2, fixture.Delayed.Waiting.Count);

        _clock.Advance(TimeSpan.FromDays(1));
        await fixture.DeliverDelayedAsync();
        Assert.Single(fixture.Delayed.Waiting);
        Assert.Equal("404", await fixture.StatusAsync("/posts/moved"));

        _clock.Advance(TimeSpan.FromDays(2));
        await fixture.DeliverDelayedAsync();
        Assert.Equal("200", await fixture.StatusAsync("/posts/moved"));
    }

    [Fact]
    public async Task A_message_on_its_way_to_a_date_that_was_changed_is_not_sent_again()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("sooner.md", Scheduled("2026-06-02"));
        await fixture.PublishAsync("sooner.md", Scheduled("2026-05-02"));

        _clock.Advance(TimeSpan.FromDays(6));
        await fixture.DeliverDelayedAsync();

        Assert.Empty(fixture.Delayed.Waiting);
        Assert.Equal("200", await fixture.StatusAsync("/posts/sooner"));
    }

    [Fact]
    public async Task Uploading_a_post_again_sends_no_other_message_for_the_same_date()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        for (var version = 1; version <= 5; version++)
        {
            await fixture.PublishAsync("edited.md", Scheduled("2026-05-02", $"Version {version}."));
        }

        Assert.Single(fixture.Delayed.Waiting);
    }

    [Fact]
    public async Task A_date_that_comes_while_its_row_is_written_is_met_although_its_message_found_no_row()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PutAsync("now.md", Scheduled("2026-05-01T12:00:05Z"));
        fixture.Blog.Calls.Delay = async call =>
        {
            if (call.EndsWith("/$batch", StringComparison.Ordinal) && fixture.Delayed.Waiting.Count > 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(6));
                await fixture.DeliverDelayedAsync();
            }
        };

        await fixture.DeliverAsync("now.md");

        Assert.Empty(fixture.Delayed.Waiting);
        Assert.Equal("200", await fixture.StatusAsync("/posts/now"));
        Assert.Equal(UploadOutcome.Published, (await fixture.ReportAsync("now.md")).Outcome);
    }

    [Fact]
    public async Task On_a_local_host_without_timers_a_post_appears_at_its_date_and_expires_at_its_expiry()
    {
        await using var blog = await TestBlog.StartAsync(compose: TestBlog.RemoveService<TimerPump>);
        var date = DateTimeOffset.UtcNow.AddSeconds(6);
        var text = $"---\ntitle: Soon\ndate: {date:O}\nexpiryDate: {date.AddSeconds(5):O}\n---\nText.\n";

        var report = await blog.UploadAsync("soon.md", text);
        var published = await WaitForAsync(UploadOutcome.Published);
        var expired = await WaitForAsync(UploadOutcome.Expired);

        Assert.Equal(UploadOutcome.Scheduled, report.Outcome);
        Assert.True(published >= date, "The post was published before its date.");
        Assert.True(expired >= date.AddSeconds(5), "The post expired before its expiry.");

        async Task<DateTimeOffset> WaitForAsync(UploadOutcome outcome)
        {
            await TestBlog.WaitUntilAsync(
                () => blog.Get<ReportFiles>().FindAsync("soon.md", CancellationToken.None),
                found => found?.Outcome == outcome,
                $"the outcome {outcome}"
            );
            return DateTimeOffset.UtcNow;
        }
    }

    [Fact]
    public async Task A_post_whose_message_was_lost_is_published_by_the_hourly_timer()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("lost.md", Scheduled("2026-05-01T12:30:00Z"));
        fixture.Delayed.LoseAll();

        await fixture.CheckHourlyAsync();
        Assert.Empty(fixture.Delayed.Waiting); // it counts on the message
        Assert.Equal("404", await fixture.StatusAsync("/posts/lost"));

        _clock.Advance(TimeSpan.FromHours(1));
        await fixture.CheckHourlyAsync(); // sends a message, which the local host delivers
        await TestBlog.WaitUntilAsync(
            () => fixture.ReportAsync("lost.md"),
            report => report.Outcome == UploadOutcome.Published,
            "the publication"
        );
        Assert.Equal("200", await fixture.StatusAsync("/posts/lost"));
    }

    [Fact]
    public async Task A_post_that_an_earlier_version_scheduled_gets_its_message_within_the_hour_before_its_date()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("old.md", Scheduled("2026-05-01T14:30:00Z"));
        fixture.Delayed.LoseAll();
        await WriteAsEarlierVersionAsync(fixture, "old.md");

        await fixture.CheckHourlyAsync();
        Assert.Empty(fixture.Delayed.Waiting);
        _clock.Advance(TimeSpan.FromHours(2));
        await fixture.CheckHourlyAsync();
        var message = Assert.Single(fixture.Delayed.Waiting);
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 14, 30, 0, TimeSpan.Zero), message.VisibleAt);

        _clock.Advance(TimeSpan.FromMinutes(30));
        await fixture.DeliverDelayedAsync();
        Assert.Equal("200", await fixture.StatusAsync("/posts/old"));
    }

    [Fact]
    public async Task A_program_that_does_not_know_the_message_takes_it_as_a_blob_event()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        await fixture.PublishAsync("a folder/ä.md", Scheduled("2026-05-02"));

        var message = Assert.Single(fixture.Delayed.Waiting).Text;

        using var json = System.Text.Json.JsonDocument.Parse(message);
        Assert.Equal(
            "/blobServices/default/containers/posts/blobs/a folder/ä.md",
            json.RootElement.GetProperty("subject").GetString()
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_between_any_two_calls_a_post_is_scheduled_and_published_at_its_date(bool killsAtItsDate)
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock, announcesUploads: false);
        for (var call = 1; ; call += TestDepth.Step)
        {
            var (name, date) = ($"dies-{call}.md", _clock.GetUtcNow().AddHours(1));
            await fixture.PutAsync(name, Scheduled(date.ToString("O")));
            var wasKilled = false;
            if (killsAtItsDate)
            {
                await fixture.DeliverAsync(name);
                _clock.Advance(TimeSpan.FromHours(1));
                var message = Assert.Single(fixture.Delayed.Waiting).Text;
                wasKilled = await KillAsync(fixture, call, fixture.DeliverDelayedAsync);
                await DeliverAsync(fixture, message); // as the host does with a message whose function died
            }
            else
            {
                wasKilled = await KillAsync(fixture, call, () => fixture.DeliverAsync(name));
                await fixture.DeliverAsync(name);
                Assert.Equal("404", await fixture.StatusAsync($"/posts/dies-{call}"));
                _clock.Advance(TimeSpan.FromHours(1));
                await fixture.DeliverDelayedAsync();
            }

            Assert.Equal("200", await fixture.StatusAsync($"/posts/dies-{call}"));
            Assert.Equal(UploadOutcome.Published, (await fixture.ReportAsync(name)).Outcome);
            Assert.Empty(fixture.Delayed.Waiting);
            if (!wasKilled)
            {
                Assert.InRange(call, 6, 100);
                return;
            }
        }
    }

    private static string Scheduled(string date, string body = "Some text.") =>
        $"---\ntitle: Scheduled\ndate: {date}\n---\n{body}\n";

    private static Task DeliverAsync(PublishingFixture fixture, string message) =>
        fixture
            .Blog.Get<TriggerInvoker>()
            .InvokeAsync(nameof(PublishPost), InvocationPayload.Write("message", message), CancellationToken.None);

    /// <summary>
    /// Runs an invocation whose storage call with this number and all later ones throw. Returns false when it needed
    /// fewer calls.
    /// </summary>
    private static async Task<bool> KillAsync(PublishingFixture fixture, int call, Func<Task> invoke)
    {
        var made = 0;
        fixture.Blog.Calls.ShouldFail = path =>
            !IsFromHost(path) && Interlocked.Increment(ref made) >= call
                ? throw new InvalidOperationException("The function dies, as the test wants it.")
                : false;
        try
        {
            await invoke();
            return made >= call;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        finally
        {
            fixture.Blog.Calls.ShouldFail = _ => false;
        }
    }

    /// <summary>Whether a call polls a queue, or reads the site's revision beside requests.</summary>
    private static bool IsFromHost(string call) =>
        (call.EndsWith("/messages", StringComparison.Ordinal) && !call.StartsWith("POST ", StringComparison.Ordinal))
        || call.StartsWith("DELETE /", StringComparison.Ordinal)
            && call.Contains("/messages/", StringComparison.Ordinal);

    /// <summary>Writes the rows of a post as a program does that sends no messages about dates.</summary>
    private static async Task WriteAsEarlierVersionAsync(PublishingFixture fixture, string name)
    {
        var table = new TableClient(fixture.Blog.Connection, StorageNames.PostTable);
        var post = (await fixture.PostAsync(name))! with { DueMessageFor = null };
        var row = Row.Create(PostRows.Partition, PostRows.KeyFor(post.Id), post, PostJson.Default.Post);
        row[PostStatusRows.IsListed] = true;
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace);
        foreach (
            var due in PostRows.DerivedRows(post).Where(row => row.RowKey.StartsWith("due:", StringComparison.Ordinal))
        )
        {
            due.Remove("HasMessage");
            await table.UpsertEntityAsync(due, TableUpdateMode.Replace);
        }
    }
}

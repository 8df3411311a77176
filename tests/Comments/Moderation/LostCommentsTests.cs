using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class LostCommentsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(31);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comment_whose_message_was_lost_is_found_by_its_check_within_a_minute_or_by_the_timer(
        bool isCheckLost
    )
    {
        await using var fixture = await CommentFixture.StartAsync();
        var comment = CommentBuilder.With(post: fixture.Post, created: fixture.Clock.GetUtcNow());
        await fixture.Comments.AddAsync(comment, CancellationToken.None);

        if (isCheckLost)
        {
            fixture.Delayed.LoseAll();
            await fixture.CheckHourlyAsync(Soon);
        }
        else
        {
            await fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(60));
        }

        await fixture.DeliverMessagesAsync();

        Assert.Equal(
            CommentState.Approved,
            (await fixture.Comments.FindAsync(comment.Key, CancellationToken.None))!.Value.State
        );
        Assert.Contains(
            "<h2 id=\"comments-heading\">1 comment</h2>",
            await fixture.Blog.ReadAsync("/posts/hello"),
            StringComparison.Ordinal
        );
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact]
    public async Task Many_comments_share_one_check_for_each_post_and_half_minute()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var half = TimeSpan.FromSeconds(30);
        fixture.Clock.Advance(half - TimeSpan.FromTicks(fixture.Clock.GetUtcNow().UtcTicks % half.Ticks));

        async Task AddAsync(string text) =>
            await fixture.Comments.AddAsync(
                CommentBuilder.With(post: fixture.Post, text: text, created: fixture.Clock.GetUtcNow()),
                CancellationToken.None
            );
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => AddAsync($"First {number}.")));
        fixture.Clock.Advance(TimeSpan.FromSeconds(29));
        await AddAsync("Last.");
        var first = fixture.Delayed.Waiting;
        fixture.Clock.Advance(TimeSpan.FromSeconds(11));
        await AddAsync("Next half-minute.");

        var check = Assert.Single(first);
        Assert.Equal(
            (StorageNames.ModerationQueue, CommentKey.CheckOf(fixture.Post).ToString(), 60, "-1"),
            (check.Queue, check.Text, (int)check.Delay.TotalSeconds, check.TimeToLive)
        );
        Assert.Equal(2, fixture.Delayed.Waiting.Count);
        await fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(20)); // the first check finds all of its half-minute
        Assert.Equal(21, (await fixture.ReceiveAllAsync(StorageNames.ModerationQueue)).Count);
    }

    [Fact]
    public async Task A_check_leaves_a_comment_that_is_settled_as_it_is()
    {
        await using var fixture = await CommentFixture.StartAsync();
        await fixture.SubmitAndModerateAsync("Settled.");
        fixture.Blog.Calls.Clear();

        await fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(60));

        Assert.DoesNotContain(fixture.Blog.Calls.Recorded, call => !call.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_call_while_it_is_submitted_a_comment_that_was_stored_is_judged(bool isCarriedOut)
    {
        await using var fixture = await CommentFixture.StartAsync();
        var stored = 0;
        for (var call = 0; ; call += TestDepth.Step)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(1)); // each needs a check of its own
            fixture.Faults.Break(call..int.MaxValue, isCarriedOut);
            var address = await fixture.SubmitAsync($"Killed at call {call}.");
            fixture.Faults.Break(0..0);

            await fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(60));
            await fixture.DeliverMessagesAsync();

            var keys = await fixture.StoredKeysAsync();
            foreach (var key in keys)
            {
                Assert.Equal(
                    CommentState.Approved,
                    (await fixture.Comments.FindAsync(key, CancellationToken.None))!.Value.State
                );
            }

            Assert.True(address is null || keys.Count > stored, "An accepted comment was lost.");
            stored = keys.Count;
            if (address is not null)
            {
                Assert.InRange(call, 4, 40);
                return;
            }
        }
    }

    [Fact]
    public async Task Checks_send_themselves_again_while_a_comment_waits_and_do_not_multiply()
    {
        await using var fixture = await CommentFixture.StartAsync();
        await fixture.Comments.AddAsync(CommentBuilder.With(post: fixture.Post), CancellationToken.None);
        var start = fixture.Clock.GetUtcNow();

        var times = new List<double>();
        while (fixture.Delayed.Waiting is [var check])
        {
            await fixture.DeliverDelayedAsync(check.VisibleAt - fixture.Clock.GetUtcNow());
            times.Add((fixture.Clock.GetUtcNow() - start).TotalSeconds);
            Assert.Single(await fixture.ReceiveAllAsync(StorageNames.ModerationQueue));
        }

        Assert.Equal(7, times.Count);
        Assert.InRange(times[0], 30, 61);
        Assert.Equal([60, 120, 240, 480, 960, 1920], times.Zip(times.Skip(1), (one, next) => Math.Round(next - one)));
        Assert.Empty(fixture.Delayed.Waiting); // from now on, the hourly timer
    }

    [Fact]
    public async Task For_30_seconds_a_waiting_comment_is_left_to_its_message()
    {
        await using var fixture = await CommentFixture.StartAsync();
        await fixture.Comments.AddAsync(CommentBuilder.With(post: fixture.Post), CancellationToken.None);

        await fixture.CheckHourlyAsync(TimeSpan.FromSeconds(24)); // 5 s earlier, as clocks may differ

        Assert.Empty(await fixture.ReceiveAllAsync(StorageNames.ModerationQueue));
    }

    [Fact]
    public async Task A_comment_that_stays_undecided_is_queued_again_less_and_less_often()
    {
        await using var fixture = await CommentFixture.StartAsync();
        await fixture.Comments.AddAsync(CommentBuilder.With(post: fixture.Post), CancellationToken.None);

        var pauses = new List<double>();
        var now = TimeSpan.Zero;
        for (var check = 0; check < 9; check++)
        {
            var due = Assert.Single(await fixture.WaitingAsync()).NextCheck - fixture.Clock.GetUtcNow();
            pauses.Add((due - now).TotalSeconds);
            await fixture.CheckHourlyAsync(now = due);
            await fixture.CheckHourlyAsync(now); // a second run at the same time changes nothing
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600], pauses);
        Assert.Equal(9, (await fixture.ReceiveAllAsync(StorageNames.ModerationQueue)).Count);
    }

    [Fact]
    public async Task A_marker_without_a_comment_is_deleted_after_an_hour()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var comment = CommentBuilder.With(post: fixture.Post);
        fixture.Faults.Break(2..10); // the check is sent, the marker is written, the comment is not
        await Assert.ThrowsAnyAsync<Exception>(() => fixture.Comments.AddAsync(comment, CancellationToken.None));
        fixture.Faults.Break(0..0);

        await fixture.CheckHourlyAsync(TimeSpan.FromMinutes(59));
        Assert.Single(await fixture.WaitingAsync());

        await fixture.CheckHourlyAsync(TimeSpan.FromMinutes(61));
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact]
    public async Task A_marker_that_was_rewritten_meanwhile_is_neither_deleted_nor_postponed()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var comment = CommentBuilder.With(post: fixture.Post);
        await fixture.Comments.AddAsync(comment, CancellationToken.None);
        var read = await fixture.Comments.ReadMarkersAsync().SingleAsync();
        await fixture.Comments.AddAsync(comment, CancellationToken.None);

        await fixture.Comments.RemoveUnchangedMarkerAsync(read, CancellationToken.None);
        await fixture.Comments.PostponeAsync(read, CancellationToken.None);

        Assert.Equal(0, Assert.Single(await fixture.WaitingAsync()).Checks);
    }

    [Fact]
    public async Task A_marker_that_was_settled_meanwhile_is_not_recreated()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var comment = CommentBuilder.With(post: fixture.Post);
        await fixture.Comments.AddAsync(comment, CancellationToken.None);
        var read = await fixture.Comments.ReadMarkersAsync().SingleAsync();
        await fixture.Comments.RemoveMarkerAsync(comment.Key, CancellationToken.None);

        await fixture.Comments.PostponeAsync(read, CancellationToken.None);
        await fixture.Comments.RemoveUnchangedMarkerAsync(read, CancellationToken.None);

        Assert.Empty(await fixture.WaitingAsync());
    }
}

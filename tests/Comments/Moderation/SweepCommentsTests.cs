using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class SweepCommentsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task A_comment_whose_message_was_lost_is_found()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var comment = CommentBuilder.With(post: fixture.Post, created: fixture.Clock.GetUtcNow());
        await fixture.Comments.AddAsync(comment, CancellationToken.None);

        await fixture.SweepAsync(Soon);
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
    public async Task For_30_seconds_a_waiting_comment_is_left_to_its_message()
    {
        await using var fixture = await CommentFixture.StartAsync();
        await fixture.Comments.AddAsync(CommentBuilder.With(post: fixture.Post), CancellationToken.None);

        await fixture.SweepAsync(TimeSpan.FromSeconds(29));

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
            await fixture.SweepAsync(now = due);
            await fixture.SweepAsync(now); // a second run at the same time changes nothing
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600], pauses);
        Assert.Equal(9, (await fixture.ReceiveAllAsync(StorageNames.ModerationQueue)).Count);
    }

    [Fact]
    public async Task A_marker_without_a_comment_is_deleted_after_an_hour()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var comment = CommentBuilder.With(post: fixture.Post);
        fixture.Faults.Break(1..9); // the marker is written, the comment is not
        await Assert.ThrowsAnyAsync<Exception>(() => fixture.Comments.AddAsync(comment, CancellationToken.None));
        fixture.Faults.Break(0..0);

        await fixture.SweepAsync(TimeSpan.FromMinutes(59));
        Assert.Single(await fixture.WaitingAsync());

        await fixture.SweepAsync(TimeSpan.FromMinutes(61));
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

using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class SweepCommentsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task A_comment_whose_message_never_came_is_taken_up()
    {
        await using var world = await CommentWorld.StartAsync();
        var comment = GivenComment.With(post: world.Post, created: world.Clock.GetUtcNow());
        await world.Comments.KeepAsync(comment, CancellationToken.None);

        await world.SweepAsync(Soon);
        await world.DeliverAsync();

        Assert.Equal(CommentState.Approved, (await world.Comments.FindAsync(comment.Key, CancellationToken.None))!.Value.State);
        Assert.Contains("<h2 id=\"comments-heading\">1 comment</h2>", await world.Blog.ReadAsync("/posts/hello"), StringComparison.Ordinal);
        Assert.Empty(await world.WaitingAsync());
    }

    [Fact]
    public async Task Until_30_s_have_passed_its_own_message_has_time()
    {
        await using var world = await CommentWorld.StartAsync();
        await world.Comments.KeepAsync(GivenComment.With(post: world.Post), CancellationToken.None);

        await world.SweepAsync(TimeSpan.FromSeconds(29));

        Assert.Empty(await world.TakeAsync(StorageNames.ModerationQueue));
    }

    [Fact]
    public async Task A_comment_that_cannot_be_judged_is_announced_less_and_less_often()
    {
        await using var world = await CommentWorld.StartAsync();
        await world.Comments.KeepAsync(GivenComment.With(post: world.Post), CancellationToken.None);

        var pauses = new List<double>();
        var now = TimeSpan.Zero;
        for (var check = 0; check < 9; check++)
        {
            var due = Assert.Single(await world.WaitingAsync()).NextCheck - world.Clock.GetUtcNow();
            pauses.Add((due - now).TotalSeconds);
            await world.SweepAsync(now = due);
            await world.SweepAsync(now); // twice at once changes nothing
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600], pauses);
        Assert.Equal(9, (await world.TakeAsync(StorageNames.ModerationQueue)).Count);
    }

    [Fact]
    public async Task A_mark_whose_comment_never_came_is_dropped_after_an_hour()
    {
        await using var world = await CommentWorld.StartAsync();
        var comment = GivenComment.With(post: world.Post);
        world.Faults.Break(1..9); // the mark is written, the comment is not
        await Assert.ThrowsAnyAsync<Exception>(() => world.Comments.KeepAsync(comment, CancellationToken.None));
        world.Faults.Break(0..0);

        await world.SweepAsync(TimeSpan.FromMinutes(59));
        Assert.Single(await world.WaitingAsync());

        await world.SweepAsync(TimeSpan.FromMinutes(61));
        Assert.Empty(await world.WaitingAsync());
    }

    [Fact]
    public async Task A_mark_that_was_made_again_meanwhile_is_neither_dropped_nor_put_off()
    {
        await using var world = await CommentWorld.StartAsync();
        var comment = GivenComment.With(post: world.Post);
        await world.Comments.KeepAsync(comment, CancellationToken.None);
        var read = await world.Comments.WaitingAsync().SingleAsync();
        await world.Comments.KeepAsync(comment, CancellationToken.None);

        await world.Comments.DropAsync(read, CancellationToken.None);
        await world.Comments.PutOffAsync(read, CancellationToken.None);

        Assert.Equal(0, Assert.Single(await world.WaitingAsync()).Checks);
    }

    [Fact]
    public async Task A_mark_that_was_settled_meanwhile_does_not_come_back()
    {
        await using var world = await CommentWorld.StartAsync();
        var comment = GivenComment.With(post: world.Post);
        await world.Comments.KeepAsync(comment, CancellationToken.None);
        var read = await world.Comments.WaitingAsync().SingleAsync();
        await world.Comments.SettleAsync(comment.Key, CancellationToken.None);

        await world.Comments.PutOffAsync(read, CancellationToken.None);
        await world.Comments.DropAsync(read, CancellationToken.None);

        Assert.Empty(await world.WaitingAsync());
    }
}

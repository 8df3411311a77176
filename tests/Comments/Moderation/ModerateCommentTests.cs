using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class ModerateCommentTests
{
    [Theory]
    [InlineData(CommentState.Approved, 0)]
    [InlineData(CommentState.Held, 1)]
    [InlineData(CommentState.Spam, 0)]
    public async Task Delivered_five_times_two_at_a_time_a_comment_is_judged_once(CommentState wanted, int notices)
    {
        await using var world = await CommentWorld.StartAsync(new()
        {
            ["Blog:Comments:ModerationKeys"] = wanted == CommentState.Held ? "comment" : null,
            ["Blog:Comments:DisallowedKeys"] = wanted == CommentState.Spam ? "comment" : null,
        });
        for (var number = 0; number < 5; number++)
        {
            await world.SendAsync($"Comment {number}.");
        }

        var messages = (await world.TakeAsync(StorageNames.ModerationQueue)).Select(message => message.MessageText).ToList();
        foreach (var message in messages)
        {
            await Task.WhenAll(world.JudgeAsync(message), world.JudgeAsync(message));
            await Task.WhenAll(world.JudgeAsync(message), world.JudgeAsync(message));
            await world.JudgeAsync(message);
        }

        Assert.Equal(5, messages.Distinct().Count());
        Assert.Equal(messages.Order(), (await world.KeptAsync()).Select(key => key.ToString()).Order());
        Assert.Equal(5 * notices, (await world.NoticesAsync()).Count);
        Assert.Empty(await world.WaitingAsync());
        Assert.Equal(wanted == CommentState.Approved ? 5 : 0, (await world.Comments.ShownAsync(world.Post, 1, 1000, CancellationToken.None)).Count);
        foreach (var key in await world.KeptAsync())
        {
            var entry = Assert.Single(await world.Comments.AuditAsync(key, CancellationToken.None));
            Assert.Equal(("rules", CommentState.Waiting, wanted), (entry.By, entry.From, entry.To));
            Assert.NotEmpty(entry.Reasons);
        }
    }

    [Fact]
    public async Task A_message_delivered_again_after_a_moderator_decided_changes_nothing()
    {
        await using var world = await CommentWorld.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        await world.SendAsync("Judged.");
        await world.DeliverAsync();
        var key = Assert.Single(await world.KeptAsync());
        await world.Blog.Get<CommentModeration>().RuleAsync(key, CommentState.Spam, "by a test", CancellationToken.None);

        await world.JudgeAsync(key.ToString());

        Assert.Equal(CommentState.Spam, (await world.Comments.FindAsync(key, CancellationToken.None))!.Value.State);
        Assert.Equal(["rules", "by a test"], (await world.Comments.AuditAsync(key, CancellationToken.None)).Select(entry => entry.By));
    }

    [Fact]
    public async Task A_message_about_no_comment_ends_quietly()
    {
        await using var world = await CommentWorld.StartAsync();

        await world.JudgeAsync(GivenComment.With(post: world.Post).Key.ToString());

        Assert.Empty(await world.KeptAsync());
    }

    [Fact]
    public async Task A_message_that_is_no_key_is_given_back()
    {
        await using var world = await CommentWorld.StartAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => world.JudgeAsync("' or PartitionKey ne '"));
    }

    [Fact]
    public async Task A_writer_whose_one_approved_comment_became_spam_is_unknown_again()
    {
        await using var world = await CommentWorld.StartAsync(new() { ["Blog:Comments:PreviouslyApproved"] = "true" });
        var moderation = world.Blog.Get<CommentModeration>();
        await world.SendAsync("The first.");
        await world.DeliverAsync();
        var first = Assert.Single(await world.KeptAsync());

        await moderation.RuleAsync(first, CommentState.Approved, "by a test", CancellationToken.None);
        var whenApproved = await world.Comments.KnowsWriterAsync(GivenComment.With(author: "GRACE", email: "Grace@example.com"), CancellationToken.None);
        await moderation.RuleAsync(first, CommentState.Spam, "by a test", CancellationToken.None);
        var whenSpam = await world.Comments.KnowsWriterAsync(GivenComment.With(), CancellationToken.None);

        Assert.True(whenApproved);
        Assert.False(whenSpam);
        Assert.False(await world.Comments.KnowsWriterAsync(GivenComment.With(author: "Grace Hopper"), CancellationToken.None));
    }

    [Fact]
    public async Task Decisions_that_come_at_once_end_in_one_of_them_with_a_whole_audit()
    {
        await using var world = await CommentWorld.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        var moderation = world.Blog.Get<CommentModeration>();
        await world.SendAsync("Disputed.");
        await world.DeliverAsync();
        var key = Assert.Single(await world.KeptAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            moderation.RuleAsync(key, number % 2 == 0 ? CommentState.Approved : CommentState.Spam, "by a test", CancellationToken.None)));

        var last = (await world.Comments.FindAsync(key, CancellationToken.None))!.Value;
        var audit = await world.Comments.AuditAsync(key, CancellationToken.None);
        Assert.Equal(last.Decisions, audit.Count);
        Assert.Equal(last.State, audit[^1].To);
        Assert.All(audit.Zip(audit.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(last.State == CommentState.Approved ? 1 : 0, (await world.Comments.ShownAsync(world.Post, 1, 1000, CancellationToken.None)).Count);
    }
}

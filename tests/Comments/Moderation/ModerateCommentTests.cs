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
        await using var fixture = await CommentFixture.StartAsync(
            new()
            {
                ["Blog:Comments:ModerationKeys"] = wanted == CommentState.Held ? "comment" : null,
                ["Blog:Comments:DisallowedKeys"] = wanted == CommentState.Spam ? "comment" : null,
            }
        );
        for (var number = 0; number < 5; number++)
        {
            await fixture.SendAsync($"Comment {number}.");
        }

        var messages = (await fixture.TakeAsync(StorageNames.ModerationQueue))
            .Select(message => message.MessageText)
            .ToList();
        foreach (var message in messages)
        {
            await Task.WhenAll(fixture.JudgeAsync(message), fixture.JudgeAsync(message));
            await Task.WhenAll(fixture.JudgeAsync(message), fixture.JudgeAsync(message));
            await fixture.JudgeAsync(message);
        }

        Assert.Equal(5, messages.Distinct().Count());
        Assert.Equal(messages.Order(), (await fixture.KeptAsync()).Select(key => key.ToString()).Order());
        Assert.Equal(5 * notices, (await fixture.NoticesAsync()).Count);
        Assert.Empty(await fixture.WaitingAsync());
        Assert.Equal(
            wanted == CommentState.Approved ? 5 : 0,
            (await fixture.Comments.ShownAsync(fixture.Post, 1, 1000, CancellationToken.None)).Count
        );
        foreach (var key in await fixture.KeptAsync())
        {
            var entry = Assert.Single(await fixture.Comments.AuditAsync(key, CancellationToken.None));
            Assert.Equal(("rules", CommentState.Waiting, wanted), (entry.By, entry.From, entry.To));
            Assert.NotEmpty(entry.Reasons);
        }
    }

    [Fact]
    public async Task A_message_delivered_again_after_a_moderator_decided_changes_nothing()
    {
        await using var fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        await fixture.SendAsync("Judged.");
        await fixture.DeliverAsync();
        var key = Assert.Single(await fixture.KeptAsync());
        await fixture
            .Blog.Get<CommentModeration>()
            .DecideAsync(key, CommentState.Spam, "by a test", CancellationToken.None);

        await fixture.JudgeAsync(key.ToString());

        Assert.Equal(CommentState.Spam, (await fixture.Comments.FindAsync(key, CancellationToken.None))!.Value.State);
        Assert.Equal(
            ["rules", "by a test"],
            (await fixture.Comments.AuditAsync(key, CancellationToken.None)).Select(entry => entry.By)
        );
    }

    [Fact]
    public async Task A_message_about_no_comment_ends_quietly()
    {
        await using var fixture = await CommentFixture.StartAsync();

        await fixture.JudgeAsync(CommentBuilder.With(post: fixture.Post).Key.ToString());

        Assert.Empty(await fixture.KeptAsync());
    }

    [Fact]
    public async Task A_message_that_is_no_key_is_given_back()
    {
        await using var fixture = await CommentFixture.StartAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => fixture.JudgeAsync("' or PartitionKey ne '"));
    }

    [Fact]
    public async Task A_writer_whose_one_approved_comment_became_spam_is_unknown_again()
    {
        await using var fixture = await CommentFixture.StartAsync(
            new() { ["Blog:Comments:PreviouslyApproved"] = "true" }
        );
        var moderation = fixture.Blog.Get<CommentModeration>();
        await fixture.SendAsync("The first.");
        await fixture.DeliverAsync();
        var first = Assert.Single(await fixture.KeptAsync());

        await moderation.DecideAsync(first, CommentState.Approved, "by a test", CancellationToken.None);
        var whenApproved = await fixture.Comments.KnowsWriterAsync(
            CommentBuilder.With(author: "GRACE", email: "Grace@example.com"),
            CancellationToken.None
        );
        await moderation.DecideAsync(first, CommentState.Spam, "by a test", CancellationToken.None);
        var whenSpam = await fixture.Comments.KnowsWriterAsync(CommentBuilder.With(), CancellationToken.None);

        Assert.True(whenApproved);
        Assert.False(whenSpam);
        Assert.False(
            await fixture.Comments.KnowsWriterAsync(CommentBuilder.With(author: "Grace Hopper"), CancellationToken.None)
        );
    }

    [Fact]
    public async Task Decisions_that_come_at_once_end_in_one_of_them_with_a_whole_audit()
    {
        await using var fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        var moderation = fixture.Blog.Get<CommentModeration>();
        await fixture.SendAsync("Disputed.");
        await fixture.DeliverAsync();
        var key = Assert.Single(await fixture.KeptAsync());

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(number =>
                    moderation.DecideAsync(
                        key,
                        number % 2 == 0 ? CommentState.Approved : CommentState.Spam,
                        "by a test",
                        CancellationToken.None
                    )
                )
        );

        var last = (await fixture.Comments.FindAsync(key, CancellationToken.None))!.Value;
        var audit = await fixture.Comments.AuditAsync(key, CancellationToken.None);
        Assert.Equal(last.Decisions, audit.Count);
        Assert.Equal(last.State, audit[^1].To);
        Assert.All(audit.Zip(audit.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(
            last.State == CommentState.Approved ? 1 : 0,
            (await fixture.Comments.ShownAsync(fixture.Post, 1, 1000, CancellationToken.None)).Count
        );
    }
}

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
    public async Task A_comment_delivered_five_times_two_at_a_time_is_decided_once(
        CommentState wanted,
        int notifications
    )
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
            await fixture.SubmitAsync($"Comment {number}.");
        }

        var messages = (await fixture.ReceiveAllAsync(StorageNames.ModerationQueue))
            .Select(message => message.MessageText)
            .ToList();
        foreach (var message in messages)
        {
            await Task.WhenAll(fixture.ModerateAsync(message), fixture.ModerateAsync(message));
            await Task.WhenAll(fixture.ModerateAsync(message), fixture.ModerateAsync(message));
            await fixture.ModerateAsync(message);
        }

        Assert.Equal(5, messages.Distinct().Count());
        Assert.Equal(messages.Order(), (await fixture.StoredKeysAsync()).Select(key => key.ToString()).Order());
        Assert.Equal(5 * notifications, (await fixture.NotificationIdsAsync()).Count);
        Assert.Empty(await fixture.WaitingAsync());
        Assert.Equal(
            wanted == CommentState.Approved ? 5 : 0,
            (await fixture.Comments.ReadThreadsAsync(fixture.Post, 1, 1000, CancellationToken.None)).Count
        );
        foreach (var key in await fixture.StoredKeysAsync())
        {
            var entry = Assert.Single(await fixture.Comments.ReadAuditAsync(key, CancellationToken.None));
            Assert.Equal(("rules", CommentState.Waiting, wanted), (entry.By, entry.From, entry.To));
            Assert.NotEmpty(entry.Reasons);
        }
    }

    [Fact]
    public async Task A_message_delivered_again_after_a_moderator_decided_changes_nothing()
    {
        await using var fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        await fixture.SubmitAsync("Judged.");
        await fixture.DeliverMessagesAsync();
        var key = Assert.Single(await fixture.StoredKeysAsync());
        await fixture
            .Blog.Get<CommentModeration>()
            .DecideAsync(key, CommentState.Spam, "by a test", CancellationToken.None);

        await fixture.ModerateAsync(key.ToString());

        Assert.Equal(CommentState.Spam, (await fixture.Comments.FindAsync(key, CancellationToken.None))!.Value.State);
        Assert.Equal(
            ["rules", "by a test"],
            (await fixture.Comments.ReadAuditAsync(key, CancellationToken.None)).Select(entry => entry.By)
        );
    }

    [Fact]
    public async Task A_message_about_an_unknown_comment_changes_nothing()
    {
        await using var fixture = await CommentFixture.StartAsync();

        await fixture.ModerateAsync(CommentBuilder.With(post: fixture.Post).Key.ToString());

        Assert.Empty(await fixture.StoredKeysAsync());
    }

    [Fact]
    public async Task A_message_that_is_not_a_key_fails()
    {
        await using var fixture = await CommentFixture.StartAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => fixture.ModerateAsync("' or PartitionKey ne '"));
    }

    [Fact]
    public async Task A_commenter_whose_only_approved_comment_became_spam_is_unknown_again()
    {
        await using var fixture = await CommentFixture.StartAsync(
            new() { ["Blog:Comments:PreviouslyApproved"] = "true" }
        );
        var moderation = fixture.Blog.Get<CommentModeration>();
        await fixture.SubmitAsync("The first.");
        await fixture.DeliverMessagesAsync();
        var first = Assert.Single(await fixture.StoredKeysAsync());

        await moderation.DecideAsync(first, CommentState.Approved, "by a test", CancellationToken.None);
        var whenApproved = await fixture.Comments.IsKnownWriterAsync(
            CommentBuilder.With(author: "GRACE", email: "Grace@example.com"),
            CancellationToken.None
        );
        await moderation.DecideAsync(first, CommentState.Spam, "by a test", CancellationToken.None);
        var whenSpam = await fixture.Comments.IsKnownWriterAsync(CommentBuilder.With(), CancellationToken.None);

        Assert.True(whenApproved);
        Assert.False(whenSpam);
        Assert.False(
            await fixture.Comments.IsKnownWriterAsync(
                CommentBuilder.With(author: "Grace Hopper"),
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task Concurrent_decisions_end_in_one_of_them_with_a_complete_audit()
    {
        await using var fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        var moderation = fixture.Blog.Get<CommentModeration>();
        await fixture.SubmitAsync("Disputed.");
        await fixture.DeliverMessagesAsync();
        var key = Assert.Single(await fixture.StoredKeysAsync());

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
        var audit = await fixture.Comments.ReadAuditAsync(key, CancellationToken.None);
        Assert.Equal(last.Decisions, audit.Count);
        Assert.Equal(last.State, audit[^1].To);
        Assert.All(audit.Zip(audit.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(
            last.State == CommentState.Approved ? 1 : 0,
            (await fixture.Comments.ReadThreadsAsync(fixture.Post, 1, 1000, CancellationToken.None)).Count
        );
    }
}

using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments;

/// <summary>A comment's way from the form to the decision, with each storage call failing in turn.</summary>
[Trait("Category", "Slow")]
public sealed class BrokenCallTests
{
    private const int Tries = 4; // the attempts that the SDK makes for one call: one more than its retries

    [Theory]
    [InlineData(CommentState.Approved, Tries, false)]
    [InlineData(CommentState.Approved, 1, true)]
    [InlineData(CommentState.Approved, Tries, true)]
    [InlineData(CommentState.Held, Tries, false)]
    [InlineData(CommentState.Held, 1, true)]
    [InlineData(CommentState.Held, Tries, true)]
    public async Task Whichever_call_fails_the_comment_is_stored_once(
        CommentState wanted,
        int failingAttempts,
        bool isResponseLost
    )
    {
        await using var fixture = await CommentFixture.StartAsync(
            new() { ["Blog:Comments:Moderation"] = wanted == CommentState.Held ? "true" : "false" }
        );

        var (calls, count) = (int.MaxValue, 0);
        for (var call = 0; call < calls; call += TestDepth.Step)
        {
            var text = $"Call {call} broke.";
            fixture.Faults.Break(call..(call + failingAttempts), isResponseLost);
            var address = await fixture.SubmitAsync(text);
            await fixture.DeliverMessagesAsync();
            var wasReached = fixture.Faults.Made > call;
            fixture.Faults.Break(0..0);

            address ??= await fixture.SubmitAsync(text);
            await fixture.DeliverMessagesAsync();
            await fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(61));
            await fixture.DeliverMessagesAsync();

            Assert.Equal(address, await fixture.SubmitAsync(text));
            await fixture.DeliverMessagesAsync();
            await fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(126)); // a mail whose attempt was cut off
            await AssertIsStoredOnceAsync(fixture, ++count, text, wanted);
            calls = wasReached ? calls : call;
        }

        Assert.InRange(calls, 8, 40);
    }

    private static async Task AssertIsStoredOnceAsync(
        CommentFixture fixture,
        int count,
        string text,
        CommentState wanted
    )
    {
        var kept = await fixture.StoredKeysAsync();
        Assert.Equal(count, kept.Count);
        Assert.Empty(await fixture.WaitingAsync());
        var comments = await Task.WhenAll(kept.Select(key => fixture.Comments.FindAsync(key, CancellationToken.None)));
        var comment = Assert.Single(comments, found => found!.Value.Text == text)!.Value;
        Assert.Equal(wanted, comment.State);
        Assert.Single(await fixture.Comments.ReadAuditAsync(comment.Key, CancellationToken.None));

        var shown = wanted == CommentState.Approved ? count : 0;
        Assert.Equal(
            shown,
            (await fixture.Comments.ReadThreadsAsync(fixture.Post, 1, 1000, CancellationToken.None)).Count
        );
        var page = await fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Split("<li value=").Length - 1 == shown
        ); // polled, since a page that changes this often is rendered again only after a delay
        Assert.Equal(shown > 0 ? 1 : 0, page.Split($">{text}").Length - 1); // once more in the data for machines

        Assert.Equal(wanted == CommentState.Held ? count : 0, (await fixture.NotificationIdsAsync()).Count);
        Assert.Empty(await fixture.ReceiveAllAsync(StorageNames.NotificationQueue));
        if (wanted == CommentState.Held)
        {
            Assert.Equal(
                NotificationState.Sent,
                (await fixture.Blog.Get<NotificationTable>().FindAsync($"held-{comment.Key}", CancellationToken.None))!
                    .Value
                    .State
            );
            Assert.Equal(count, Directory.GetFiles(fixture.Blog.MailFolder, "*.eml").Length);
        }
    }
}

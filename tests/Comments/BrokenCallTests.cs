using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Comments;

/// <summary>From the form to the decision, with each call to storage broken in turn.</summary>
public sealed class BrokenCallTests
{
    private const int Tries = 4; // the SDK's, for one call: one more than its retries

    [Theory]
    [InlineData(CommentState.Approved, Tries, false)]
    [InlineData(CommentState.Approved, 1, true)]
    [InlineData(CommentState.Approved, Tries, true)]
    [InlineData(CommentState.Held, Tries, false)]
    [InlineData(CommentState.Held, 1, true)]
    [InlineData(CommentState.Held, Tries, true)]
    public async Task Whichever_call_breaks_a_comment_is_there_once(CommentState wanted, int broken, bool afterwards)
    {
        await using var fixture = await CommentFixture.StartAsync(
            new() { ["Blog:Comments:Moderation"] = wanted == CommentState.Held ? "true" : "false" }
        );

        var calls = int.MaxValue;
        for (var call = 0; call < calls; call++)
        {
            var text = $"Call {call} broke.";
            fixture.Faults.Break(call..(call + broken), afterwards);
            var address = await fixture.SendAsync(text);
            await fixture.DeliverAsync();
            var reached = fixture.Faults.Made > call;
            fixture.Faults.Break(0..0);

            address ??= await fixture.SendAsync(text);
            await fixture.DeliverAsync();
            await fixture.SweepAsync(TimeSpan.FromSeconds(31));
            await fixture.DeliverAsync();

            Assert.Equal(address, await fixture.SendAsync(text));
            await fixture.DeliverAsync();
            await AssertIsThereOnceAsync(fixture, call, text, wanted);
            calls = reached ? calls : call;
        }

        Assert.InRange(calls, 8, 40);
    }

    private static async Task AssertIsThereOnceAsync(CommentFixture fixture, int call, string text, CommentState wanted)
    {
        var kept = await fixture.KeptAsync();
        Assert.Equal(call + 1, kept.Count);
        Assert.Empty(await fixture.WaitingAsync());
        var comments = await Task.WhenAll(kept.Select(key => fixture.Comments.FindAsync(key, CancellationToken.None)));
        var comment = Assert.Single(comments, found => found!.Value.Text == text)!.Value;
        Assert.Equal(wanted, comment.State);
        Assert.Single(await fixture.Comments.AuditAsync(comment.Key, CancellationToken.None));

        var shown = wanted == CommentState.Approved ? call + 1 : 0;
        Assert.Equal(shown, (await fixture.Comments.ShownAsync(fixture.Post, 1, 1000, CancellationToken.None)).Count);
        var page = await fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Split("<li value=").Length - 1 == shown
        ); // changed so often, it is not waited for
        Assert.Equal(shown > 0 ? 1 : 0, page.Split(text).Length - 1);

        Assert.Equal(wanted == CommentState.Held ? call + 1 : 0, (await fixture.NoticesAsync()).Count);
        var announced = (await fixture.TakeAsync(StorageNames.NoticeQueue))
            .Select(message => message.MessageText)
            .Distinct();
        Assert.Equal(wanted == CommentState.Held ? [$"held-{comment.Key}"] : [], announced);
    }
}

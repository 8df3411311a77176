using Azure;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

[Trait("Category", "Slow")]
public sealed class BrokenReplyTests : IAsyncLifetime
{
    private static readonly Person Ada = new("Ada", "ada@blog.test");

    private CommentFixture _fixture = null!;

    public async Task InitializeAsync() =>
        _fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_call_fails_a_repeated_reply_is_stored_once(bool isResponseLost)
    {
        const int Tries = 4; // the attempts that the SDK makes for one call
        var (calls, replies) = (int.MaxValue, 0);
        for (var call = 0; call < calls; call += TestDepth.Step)
        {
            var held = await _fixture.SubmitAndModerateAsync($"Question {call}.");
            _fixture.Faults.Break(call..(call + Tries), isResponseLost);
            await TryReplyAsync(held, $"Answer {call}.");
            var wasReached = _fixture.Faults.Made > call;
            _fixture.Faults.Break(0..0);

            replies++;

            // A second attempt follows when the form comes back with the current version of the comment.
            var reply = await TryReplyAsync(held, $"Answer {call}.") ?? await TryReplyAsync(held, $"Answer {call}.");
            await _fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(61));
            await _fixture.DeliverMessagesAsync();

            Assert.Equal(
                (CommentState.Approved, true),
                ((await FindAsync(held)).State, (await FindAsync(reply!.Value)).IsByAuthor)
            );
            Assert.Equal(
                2 * replies,
                (await _fixture.Comments.ReadCountsAsync(_fixture.Post, CancellationToken.None)).Shown
            );
            Assert.Equal(2 * replies, (await _fixture.StoredKeysAsync()).Count);
            Assert.Empty(await _fixture.WaitingAsync());
            calls = wasReached ? calls : call;
        }

        Assert.InRange(calls, 10, 60);
    }

    /// <summary>Replies to a comment; null when storage failed or the comment had changed since it was read.</summary>
    private async Task<CommentKey?> TryReplyAsync(CommentKey key, string text)
    {
        try
        {
            var seen = new CommentVersion(key, (await FindAsync(key)).Version);
            return (
                await _fixture.Blog.Get<ModeratorReplies>().ReplyAsync(seen, text, Ada, CancellationToken.None)
            ).Comment;
        }
        catch (Exception broken) when (broken is RequestFailedException or AggregateException)
        {
            return null;
        }
    }

    private async Task<Comment> FindAsync(CommentKey key) =>
        (await _fixture.Comments.FindPatientlyAsync(key, CancellationToken.None))!.Value;
}

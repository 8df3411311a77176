using Azure;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Comments;

namespace ServerlessBlog.Tests.Admin.Comments;

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
    public async Task Whichever_call_breaks_an_answer_sent_again_is_there_once(bool afterwards)
    {
        const int Tries = 4; // the SDK's, for one call
        var calls = int.MaxValue;
        for (var call = 0; call < calls; call++)
        {
            var held = await _fixture.SayAsync($"Question {call}.");
            _fixture.Faults.Break(call..(call + Tries), afterwards);
            await TryAnswerAsync(held, $"Answer {call}.");
            var reached = _fixture.Faults.Made > call;
            _fixture.Faults.Break(0..0);

            var answer = await TryAnswerAsync(held, $"Answer {call}.") ?? await TryAnswerAsync(held, $"Answer {call}."); // the form came back with the comment as it is
            await _fixture.SweepAsync(TimeSpan.FromSeconds(31));
            await _fixture.DeliverAsync();

            Assert.Equal(
                (CommentState.Approved, true),
                ((await FindAsync(held)).State, (await FindAsync(answer!.Value)).IsByAuthor)
            );
            Assert.Equal(
                2 * (call + 1),
                (await _fixture.Comments.TallyAsync(_fixture.Post, CancellationToken.None)).Shown
            );
            Assert.Equal(2 * (call + 1), (await _fixture.KeptAsync()).Count);
            Assert.Empty(await _fixture.WaitingAsync());
            calls = reached ? calls : call;
        }

        Assert.InRange(calls, 10, 60);
    }

    /// <summary>Null when storage broke, or the comment was no longer what was seen.</summary>
    private async Task<CommentKey?> TryAnswerAsync(CommentKey key, string text)
    {
        try
        {
            var seen = new CommentVersion(key, (await FindAsync(key)).Version);
            return (
                await _fixture.Blog.Get<ModeratorReplies>().AnswerAsync(seen, text, Ada, CancellationToken.None)
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

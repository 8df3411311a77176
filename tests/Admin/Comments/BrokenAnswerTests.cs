using Azure;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Comments;

namespace ServerlessBlog.Tests.Admin.Comments;

public sealed class BrokenAnswerTests : IAsyncLifetime
{
    private static readonly Person Ada = new("Ada", "ada@blog.test");

    private CommentWorld _world = null!;

    public async Task InitializeAsync() => _world = await CommentWorld.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_call_breaks_an_answer_sent_again_is_there_once(bool afterwards)
    {
        const int Tries = 4; // the SDK's, for one call
        var calls = int.MaxValue;
        for (var call = 0; call < calls; call++)
        {
            var held = await _world.SayAsync($"Question {call}.");
            _world.Faults.Break(call..(call + Tries), afterwards);
            await TryAnswerAsync(held, $"Answer {call}.");
            var reached = _world.Faults.Made > call;
            _world.Faults.Break(0..0);

            var answer = await TryAnswerAsync(held, $"Answer {call}.") ?? await TryAnswerAsync(held, $"Answer {call}."); // the form came back with the comment as it is
            await _world.SweepAsync(TimeSpan.FromSeconds(31));
            await _world.DeliverAsync();

            Assert.Equal((CommentState.Approved, true), ((await FindAsync(held)).State, (await FindAsync(answer!.Value)).IsByAuthor));
            Assert.Equal(2 * (call + 1), (await _world.Comments.TallyAsync(_world.Post, CancellationToken.None)).Shown);
            Assert.Equal(2 * (call + 1), (await _world.KeptAsync()).Count);
            Assert.Empty(await _world.WaitingAsync());
            calls = reached ? calls : call;
        }

        Assert.InRange(calls, 10, 60);
    }

    /// <summary>Null when storage broke, or the comment was no longer what was seen.</summary>
    private async Task<CommentKey?> TryAnswerAsync(CommentKey key, string text)
    {
        try
        {
            var seen = new DeskItem(key, (await FindAsync(key)).Version);
            return (await _world.Blog.Get<DeskPen>().AnswerAsync(seen, text, Ada, CancellationToken.None)).Comment;
        }
        catch (Exception broken) when (broken is RequestFailedException or AggregateException)
        {
            return null;
        }
    }

    private async Task<Comment> FindAsync(CommentKey key) => (await _world.Comments.FindPatientlyAsync(key, CancellationToken.None))!.Value;
}

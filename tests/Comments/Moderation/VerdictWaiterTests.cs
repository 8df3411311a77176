using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class VerdictWaiterTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private CommentFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await CommentFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Without_a_verdict_a_comment_is_read_five_times_within_700_ms()
    {
        var comment = await SubmitAsync("Nobody judges this.");
        var started = _fixture.Clock.GetUtcNow();
        _fixture.Blog.Calls.Clear();

        var wait = CreateWaiter().WaitAsync(comment, Stop);
        await AdvanceUntilAsync(() => wait.IsCompleted);

        Assert.Equal(CommentState.Waiting, (await wait).State);
        Assert.Equal(5, ReadsOf(comment));
        Assert.Equal(700, VerdictWaitTimes.Default.Pauses.Sum(pause => pause.TotalMilliseconds));
        Assert.True(_fixture.Clock.GetUtcNow() - started >= TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task The_wait_ends_with_the_verdict()
    {
        var comment = await SubmitAsync("Somebody judges this.");
        _fixture.Blog.Calls.Clear();

        var wait = CreateWaiter().WaitAsync(comment, Stop);
        await AdvanceUntilAsync(() => ReadsOf(comment) == 1);
        await _fixture.DeliverMessagesAsync();
        await AdvanceUntilAsync(() => wait.IsCompleted);

        Assert.Equal((CommentState.Approved, 1), ((await wait).State, (await wait).Number));
    }

    [Fact]
    public async Task A_comment_that_has_its_verdict_is_not_read()
    {
        var comment = await SubmitAsync("Judged.");
        await _fixture.DeliverMessagesAsync();
        var judged = (await _fixture.Comments.FindAsync(comment.Key, Stop))!.Value;
        _fixture.Blog.Calls.Clear();

        Assert.Same(judged, await CreateWaiter().WaitAsync(judged, Stop));

        Assert.Equal(0, ReadsOf(comment));
    }

    [Fact]
    public async Task When_storage_fails_the_comment_is_returned_as_it_was()
    {
        var comment = await SubmitAsync("Unlucky.");
        _fixture.Blog.Calls.ShouldFail = _ => true;

        var wait = CreateWaiter().WaitAsync(comment, Stop);
        await AdvanceUntilAsync(() => wait.IsCompleted);

        Assert.Same(comment, await wait);
        _fixture.Blog.Calls.ShouldFail = _ => false;
    }

    [Fact]
    public async Task Of_many_requests_at_once_16_wait()
    {
        var comment = await SubmitAsync("One of many.");
        var waiter = CreateWaiter();

        var waits = Enumerable.Range(0, 20).Select(_ => waiter.WaitAsync(comment, Stop)).ToList();

        Assert.Equal(4, waits.Count(wait => wait.IsCompleted));
        await AdvanceUntilAsync(() => waits.TrueForAll(wait => wait.IsCompleted));
        var next = waiter.WaitAsync(comment, Stop);
        Assert.False(next.IsCompleted);
        await AdvanceUntilAsync(() => next.IsCompleted);
    }

    private VerdictWaiter CreateWaiter() =>
        new(_fixture.Comments, VerdictWaitTimes.Default, _fixture.Blog.Get<StorageCircuit>(), _fixture.Clock);

    private async Task<Comment> SubmitAsync(string text)
    {
        await _fixture.SubmitAsync(text);
        var key = Assert.Single(await _fixture.StoredKeysAsync());
        return (await _fixture.Comments.FindAsync(key, Stop))!.Value;
    }

    private int ReadsOf(Comment comment) =>
        _fixture.Blog.Calls.Recorded.Count(call =>
            call.StartsWith("GET /comments(", StringComparison.Ordinal)
            && call.Contains($"comment%3A{comment.Key.Comment}", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Advances the clock by 10 ms again and again until a condition is met.</summary>
    private Task AdvanceUntilAsync(Func<bool> isMet) =>
        TestBlog.WaitUntilAsync(
            () =>
            {
                _fixture.Clock.Advance(TimeSpan.FromMilliseconds(10));
                return Task.FromResult(isMet());
            },
            met => met,
            "the end of the wait"
        );
}

using ServerlessBlog.Media;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Media;

public sealed class EncodingThreadTests : IDisposable
{
    private readonly EncodingThread _encoding = new();

    [Fact]
    public async Task Work_runs_on_a_thread_of_its_own_that_yields_and_one_at_a_time()
    {
        var (running, most) = (0, 0);
        async Task<(bool IsPooled, int Nice)> EncodeAsync()
        {
            using var turn = await _encoding.WaitForTurnAsync(CancellationToken.None);
            return await turn.RunAsync(() =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                var found = (Thread.CurrentThread.IsThreadPoolThread, EncodingThreads.NiceValueOfCaller());
                Interlocked.Decrement(ref running);
                return found;
            });
        }

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EncodeAsync()));

        Assert.Equal(1, most);
        Assert.All(found, thread => Assert.Equal((false, EncodingThread.NiceValue), thread));
    }

    [Fact]
    public async Task A_wait_for_a_turn_can_be_cancelled_and_the_next_one_gets_its_turn()
    {
        using var cancelled = new CancellationTokenSource();
        var first = await _encoding.WaitForTurnAsync(CancellationToken.None);
        var second = _encoding.WaitForTurnAsync(cancelled.Token);
        var third = _encoding.WaitForTurnAsync(CancellationToken.None);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        first.Dispose();

        using var turn = await third;
        Assert.Equal(7, await turn.RunAsync(() => 7));
    }

    [Fact]
    public async Task An_exception_of_the_work_is_thrown_to_its_caller()
    {
        using var turn = await _encoding.WaitForTurnAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            turn.RunAsync<int>(() => throw new InvalidDataException())
        );
    }

    public void Dispose() => _encoding.Dispose();
}

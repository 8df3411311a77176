using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Storage;

public sealed class DailyQuotaTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Instances_share_the_amount_and_the_next_day_has_a_new_one()
    {
        var limit = new DailyLimit("shared", Amount: 100, Block: 10);
        using var one = new DailyQuota(open.Blog.Get<BlogStorage>(), limit, _clock);
        using var other = new DailyQuota(open.Blog.Get<BlogStorage>(), limit, _clock);

        var used = await Task.WhenAll(
            Enumerable.Range(0, 120).Select(number => UseAsync(number % 2 == 0 ? one : other, 1))
        );

        Assert.Equal(100, used.Count(succeeded => succeeded));
        Assert.Equal(TimeSpan.FromHours(6), one.UntilTomorrow);
        _clock.Advance(TimeSpan.FromHours(6));
        Assert.True(await UseAsync(one, 100));
        Assert.False(await UseAsync(other, 1));
    }

    [Fact]
    public async Task More_than_a_block_can_be_used_at_once_but_not_more_than_is_left()
    {
        using var quota = new DailyQuota(open.Blog.Get<BlogStorage>(), new DailyLimit("large", 100, 10), _clock);

        Assert.True(await UseAsync(quota, 85));
        Assert.False(await UseAsync(quota, 16));
    }

    [Fact]
    public async Task A_block_costs_two_storage_calls_and_its_uses_none()
    {
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions);
        using var quota = new DailyQuota(blog.Get<BlogStorage>(), new DailyLimit("calls", 100, 50), _clock);
        blog.Calls.Clear();

        for (var number = 0; number < 50; number++)
        {
            Assert.True(await UseAsync(quota, 1));
        }

        Assert.Equal(2, blog.Calls.Recorded.Count(call => !StorageCalls.IsFromLocalHost(call)));
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_stored()
    {
        using var quota = new DailyQuota(open.Blog.Get<BlogStorage>(), new DailyLimit("off", 0, 10), _clock);

        Assert.True(await UseAsync(quota, long.MaxValue));
    }

    private static Task<bool> UseAsync(DailyQuota quota, long amount) =>
        quota.TryUseAsync(amount, CancellationToken.None);
}

using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Caching;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Hosting.Caching;

/// <summary>Values that others change: how long they are kept, and which of two wins.</summary>
public sealed class RevalidatingCacheTests : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly RevalidatingCache<string, string> _cache;
    private Func<Task<string>> _read = () => Task.FromResult("read");
    private int _reads;

    public RevalidatingCacheTests() =>
        _cache = new(
            capacity: 10,
            _ =>
            {
                _reads++;
                return _read();
            },
            new StorageCircuit(_clock, NullLogger<StorageCircuit>.Instance),
            _clock
        );

    [Fact]
    public async Task A_value_is_read_again_when_it_has_reached_its_age()
    {
        await GetAsync();
        _clock.Advance(Age - TimeSpan.FromTicks(1));
        await GetAsync();
        Assert.Equal(1, _reads);

        _clock.Advance(TimeSpan.FromTicks(1));
        await GetAsync();
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task All_who_wait_share_one_read()
    {
        var release = new TaskCompletionSource<string>();
        _read = () => release.Task;

        var waiting = Enumerable.Range(0, 10).Select(_ => GetAsync()).ToList();
        release.SetResult("shared");

        Assert.All(await Task.WhenAll(waiting), reading => Assert.Equal("shared", reading.Value));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task What_this_instance_wrote_is_not_replaced_by_a_read_that_began_before()
    {
        var release = new TaskCompletionSource<string>();
        _read = () => release.Task;
        var reading = GetAsync();

        _cache.SetWritten("key", "written");
        release.SetResult("older");

        Assert.Equal("written", (await reading).Value);
        Assert.Equal("written", (await GetAsync()).Value);
        _cache.SetWritten("key", "written at the same moment");
        Assert.Equal("written at the same moment", (await GetAsync()).Value);
    }

    [Fact]
    public async Task While_storage_fails_the_last_value_is_served_as_stale_and_a_value_never_read_is_an_error()
    {
        await GetAsync();
        _clock.Advance(Age);
        _read = () => throw new RequestFailedException(503, "Server busy.");

        var stale = await GetAsync();

        Assert.Equal(("read", true), (stale.Value, stale.IsStale));
        await Assert.ThrowsAsync<RequestFailedException>(() =>
            _cache.GetAsync("another", Age, CancellationToken.None).AsTask()
        );
        _read = () => Task.FromResult("back");
        Assert.Equal(("back", false), ((await GetAsync()).Value, (await GetAsync()).IsStale));
    }

    [Fact]
    public async Task A_fault_of_the_program_is_not_taken_for_an_outage()
    {
        await GetAsync();
        _clock.Advance(Age);
        _read = () => throw new InvalidDataException("The row holds no data.");

        await Assert.ThrowsAsync<InvalidDataException>(GetAsync);
    }

    public void Dispose() => _cache.Dispose();

    private Task<Reading<string>> GetAsync() => _cache.GetAsync("key", Age, CancellationToken.None).AsTask();
}

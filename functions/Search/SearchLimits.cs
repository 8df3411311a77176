using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace ServerlessBlog.Search;

/// <summary>
/// Limits of searches: for an address in an instance, and for everybody in a day (<c>Blog__SearchesPerDay</c>), since a
/// search cannot be answered from a cache. Thread-safe.
/// </summary>
public sealed class SearchLimits(BlogStorage storage, BlogSettings settings, StorageCircuit circuit, TimeProvider clock)
    : IDisposable
{
    /// <summary>The number of searches that an address may make at once: 20; then one every 2 s.</summary>
    public const int Burst = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The number of searches that an instance takes from the limit of the day at once: 100.</summary>
    private const int Block = 100;

    /// <summary>The part of an IPv6 address that belongs to one customer: 8 bytes.</summary>
    private const int NetworkBytes = 8;

    private readonly DailyQuota _quota = new(storage, new("searches", settings.SearchesPerDay, Block), clock);

    // Made at the first search: it has a timer.
    private readonly Lazy<PartitionedRateLimiter<string>> _addresses = new(() =>
        PartitionedRateLimiter.Create<string, string>(address =>
            RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = Interval,
                QueueLimit = 0,
            })
        )
    );

    /// <summary>
    /// Counts a search. Returns null when it is allowed, else how long to wait. While storage fails, only the address
    /// is limited.
    /// </summary>
    /// <param name="address">The client's IP address; null when it is unknown.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<TimeSpan?> FindWaitAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        using var lease = _addresses.Value.AttemptAcquire(KeyOf(address));
        if (!lease.IsAcquired)
        {
            return Interval;
        }

        try
        {
            return await _quota.TryUseAsync(1, cancellationToken) ? null : _quota.UntilTomorrow;
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _quota.Dispose();
        if (_addresses.IsValueCreated)
        {
            _addresses.Value.Dispose();
        }
    }

    private static string KeyOf(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address?.ToString() ?? "";
}

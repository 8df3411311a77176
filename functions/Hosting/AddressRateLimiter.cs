using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace ServerlessBlog.Hosting;

/// <summary>
/// Limits how often one client may do something in this instance: a number of times at once, then once in an interval.
/// A customer's whole IPv6 network counts as one client. Thread-safe.
/// </summary>
/// <param name="burst">The number of times at once.</param>
/// <param name="interval">The time after which the client may once more.</param>
public sealed class AddressRateLimiter(int burst, TimeSpan interval) : IDisposable
{
    /// <summary>The part of an IPv6 address that belongs to one customer: 8 bytes.</summary>
    private const int NetworkBytes = 8;

    // Made when it is first used: it has a timer.
    private readonly Lazy<PartitionedRateLimiter<string>> _addresses = new(() =>
        PartitionedRateLimiter.Create<string, string>(address =>
            RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = interval,
                QueueLimit = 0,
            })
        )
    );

    /// <summary>Counts one time. Returns false when the client has to wait.</summary>
    /// <param name="address">The client's IP address; null when it is unknown.</param>
    public bool TryUse(IPAddress? address)
    {
        using var lease = _addresses.Value.AttemptAcquire(KeyOf(address));
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
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

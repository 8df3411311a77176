using System.Net;

namespace ServerlessBlog.Letters;

/// <summary>
/// Limits of the form for new posts by mail: for a client in an instance, and for everybody in a day
/// (<c>Blog__SubscriptionsPerDay</c>), since each may send a mail to somebody who did not ask for it. Thread-safe.
/// </summary>
public sealed class SubscriptionLimits(BlogStorage storage, BlogSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>The number of addresses that a client may enter at once: 5; then one in 10 min.</summary>
    public const int Burst = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>The number that an instance takes from the limit of the day at once: 10.</summary>
    private const int Block = 10;

    private readonly DailyQuota _quota = new(storage, new("subscriptions", settings.SubscriptionsPerDay, Block), clock);
    private readonly AddressRateLimiter _clients = new(Burst, Interval);

    /// <summary>Counts an address. Returns null when it is allowed, else how long to wait.</summary>
    /// <param name="client">The client's IP address; null when it is unknown.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="Azure.RequestFailedException">Storage refused or did not answer.</exception>
    public async Task<TimeSpan?> FindWaitAsync(IPAddress? client, CancellationToken cancellationToken) =>
        !_clients.TryUse(client) ? Interval
        : await _quota.TryUseAsync(1, cancellationToken) ? null
        : _quota.UntilTomorrow;

    /// <inheritdoc/>
    public void Dispose()
    {
        _quota.Dispose();
        _clients.Dispose();
    }
}

using System.Net;

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

    private readonly DailyQuota _quota = new(storage, new("searches", settings.SearchesPerDay, Block), clock);

    private readonly AddressRateLimiter _addresses = new(Burst, Interval);

    /// <summary>
    /// Counts a search. Returns null when it is allowed, else how long to wait. While storage fails, only the address
    /// is limited.
    /// </summary>
    /// <param name="address">The client's IP address; null when it is unknown.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<TimeSpan?> FindWaitAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        if (!_addresses.TryUse(address))
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
        _addresses.Dispose();
    }
}

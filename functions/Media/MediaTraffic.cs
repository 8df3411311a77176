namespace ServerlessBlog.Media;

/// <summary>
/// The limit of what readers download of files and pictures in a day, <c>Blog__MediaGigabytesPerDay</c>: traffic is the
/// dearest thing that a stranger can ask for. One address gets a tenth of it from an instance. Thread-safe.
/// </summary>
public sealed class MediaTraffic(BlogStorage storage, BlogSettings settings, StorageCircuit circuit, TimeProvider clock)
    : IDisposable
{
    private const long Gigabyte = 1_000_000_000;
    private const int SharesOfLimit = 10;

    /// <summary>Bytes that an instance takes from the limit at once: 100 MB.</summary>
    private const long Block = Gigabyte / 10;

    /// <summary>The number of addresses that an instance remembers: 10,000. At the limit all are forgotten.</summary>
    private const int MaxAddresses = 10_000;

    private readonly long _limit = settings.MediaGigabytesPerDay * Gigabyte;
    private readonly DailyQuota _quota = new(
        storage,
        new("media", settings.MediaGigabytesPerDay * Gigabyte, Block),
        clock
    );
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _sent = [];
    private DateTime _day;

    /// <summary>The time until files are sent again.</summary>
    public TimeSpan UntilTomorrow => _quota.UntilTomorrow;

    /// <summary>
    /// Counts bytes that are about to be sent. Returns false when so many are not left today, for this address or for
    /// everybody. While storage fails, only the address is limited.
    /// </summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <param name="address">The client's IP address; null when it is unknown.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<bool> TryCountAsync(long bytes, string? address, CancellationToken cancellationToken)
    {
        if (_limit == 0 || bytes == 0)
        {
            return true;
        }

        try
        {
            return TryCount(bytes, address) && await _quota.TryUseAsync(bytes, cancellationToken);
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _quota.Dispose();

    private bool TryCount(long bytes, string? address)
    {
        lock (_lock)
        {
            var today = clock.GetUtcNow().UtcDateTime.Date;
            if (today != _day || _sent.Count >= MaxAddresses)
            {
                _sent.Clear();
                _day = today;
            }

            // The first file is always sent: it may be larger than the share.
            var sent = _sent.GetValueOrDefault(address ?? "");
            if (sent > 0 && sent + bytes > _limit / SharesOfLimit)
            {
                return false;
            }

            _sent[address ?? ""] = sent + bytes;
            return true;
        }
    }
}

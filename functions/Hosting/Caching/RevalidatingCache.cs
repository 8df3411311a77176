using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Caching;

/// <summary>
/// Values that other instances may change in storage: served from memory up to an age, then read again; the last one
/// read is served while storage fails (stale-if-error, RFC 5861). Safe for any number of threads.
/// </summary>
/// <param name="capacity">The maximum number of values; see <see cref="CacheLimits"/>.</param>
/// <param name="read">Reads a value from storage.</param>
/// <param name="circuit">
/// Says whether storage fails. As long as it does, the last value is served at once and read again beside the request.
/// </param>
/// <param name="clock">The clock by which values age.</param>
public sealed class RevalidatingCache<TKey, TValue>(
    long capacity,
    Func<TKey, Task<TValue>> read,
    StorageCircuit circuit,
    TimeProvider clock
) : IDisposable
    where TKey : notnull
{
    private readonly BoundedCache<TKey, Reading<TValue>> _readings = new(capacity);
    private readonly Lock _gate = new();

    /// <summary>The last value read or set, however old; null when there is none.</summary>
    public Reading<TValue>? Last(TKey key) => _readings.TryGet(key, out var last) ? last : null;

    /// <summary>Returns a value that is younger than an age, or an older one while storage fails.</summary>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage is unavailable and this instance has never read the value.
    /// </exception>
    public async ValueTask<Reading<TValue>> GetAsync(TKey key, TimeSpan age, CancellationToken cancellationToken)
    {
        if (Last(key) is not { } last)
        {
            return await ReadAsync(key, cancellationToken);
        }

        if (clock.GetUtcNow() - last.At < age)
        {
            return last;
        }

        var reading = TryReadAsync(key);
        return circuit.IsOpen ? last with { IsStale = true }
            : await reading.WaitAsync(cancellationToken) is { } current ? current
            : last with { IsStale = true };
    }

    /// <summary>Reads a value from storage, once for all concurrent callers.</summary>
    public Task<Reading<TValue>> ReadAsync(TKey key, CancellationToken cancellationToken) =>
        _readings.ShareAsync(key, ReadAndKeepAsync, cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>, but returns null when storage fails, which is logged.</summary>
    public async Task<Reading<TValue>?> TryReadAsync(TKey key)
    {
        try
        {
            return await ReadAsync(key, CancellationToken.None);
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem);
            return null;
        }
    }

    /// <summary>Caches a value that this instance has written: it serves it at once.</summary>
    public void SetWritten(TKey key, TValue value)
    {
        lock (_gate)
        {
            _readings.Set(key, new Reading<TValue>(value, clock.GetUtcNow()));
        }
    }

    /// <summary>
    /// Caches a value whose read began at a time, unless a later one is cached: a read that began before a write does
    /// not restore the older state. Returns what is cached then.
    /// </summary>
    public Reading<TValue> SetRead(TKey key, TValue value, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (Last(key) is { } last && last.At >= at)
            {
                return last;
            }

            var reading = new Reading<TValue>(value, at);
            _readings.Set(key, reading);
            return reading;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readings.Dispose();

    private async Task<Reading<TValue>> ReadAndKeepAsync(TKey key)
    {
        var at = clock.GetUtcNow();
        return SetRead(key, await read(key), at);
    }
}

/// <summary>A value as read from storage.</summary>
/// <param name="Value">The value.</param>
/// <param name="At">When the read began, or the write of this instance ended.</param>
/// <param name="IsStale">True when storage failed and the value is older than what was asked for.</param>
public sealed record Reading<T>(T Value, DateTimeOffset At, bool IsStale = false);

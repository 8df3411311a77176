using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace ServerlessBlog.Hosting.Caching;

/// <summary>
/// Values by key in the memory of this instance, up to a capacity; least recently used ones are dropped first. All
/// concurrent requests for a missing value share one creation. Safe for any number of threads.
/// </summary>
/// <param name="capacity">The capacity in the unit of <paramref name="sizeOf"/>: see <see cref="CacheLimits"/>.</param>
/// <param name="sizeOf">The size of an entry, at least 1; null when every entry counts 1.</param>
public sealed class BoundedCache<TKey, TValue>(long capacity, Func<TKey, TValue, long>? sizeOf = null) : IDisposable
    where TKey : notnull
{
    private readonly MemoryCache _values = new(new MemoryCacheOptions { SizeLimit = capacity });
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> _inProgress = [];

    /// <summary>Returns the cached value of a key. Returns false when there is none.</summary>
    public bool TryGet(TKey key, out TValue value)
    {
        var found = _values.TryGetValue(key, out var cached);
        value = found ? (TValue)cached! : default!;
        return found;
    }

    /// <summary>Caches a value. One that is larger than the capacity is not kept.</summary>
    public void Set(TKey key, TValue value) =>
        _values.Set(key, value, new MemoryCacheEntryOptions { Size = sizeOf?.Invoke(key, value) ?? 1 });

    /// <summary>Drops the value of a key.</summary>
    public void Remove(TKey key) => _values.Remove(key);

    /// <summary>Returns the cached value of a key, or creates and caches it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="create">Creates the value; its exception is thrown to all callers, and nothing is cached.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, not the creation, which others may wait for.</param>
    public ValueTask<TValue> GetOrCreateAsync(
        TKey key,
        Func<TKey, Task<TValue>> create,
        CancellationToken cancellationToken
    ) =>
        TryGet(key, out var value)
            ? ValueTask.FromResult(value)
            : new ValueTask<TValue>(ShareAsync(key, missing => CreateAsync(missing, create), cancellationToken));

    /// <summary>Runs an operation once for all concurrent callers with the same key. Caches nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="run">The operation; its exception is thrown to all callers.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, not the operation.</param>
    public Task<TValue> ShareAsync(TKey key, Func<TKey, Task<TValue>> run, CancellationToken cancellationToken) =>
        _inProgress
            .GetOrAdd(key, missing => new Lazy<Task<TValue>>(() => RunAsync(missing, run)))
            .Value.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private async Task<TValue> CreateAsync(TKey key, Func<TKey, Task<TValue>> create)
    {
        var value = await create(key);
        Set(key, value);
        return value;
    }

    private async Task<TValue> RunAsync(TKey key, Func<TKey, Task<TValue>> run)
    {
        try
        {
            return await run(key);
        }
        finally
        {
            _inProgress.TryRemove(key, out _);
        }
    }
}

using System.Collections.Concurrent;

namespace ServerlessBlog.Hosting;

/// <summary>
/// Shares one asynchronous operation among all concurrent callers with the same key, like Go's singleflight.
/// </summary>
/// <remarks>
/// Results are not cached: a call after the operation has completed starts a new one. Safe for any number of threads.
/// </remarks>
public sealed class SingleFlight<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> _inProgress = [];

    /// <summary>Starts the operation for a key, or joins the one in progress.</summary>
    /// <param name="key">The key of the operation.</param>
    /// <param name="create">Creates the value; its exception is thrown to all callers.</param>
    /// <param name="cancellationToken">
    /// Cancels this caller's wait, not the operation, which others may wait for.
    /// </param>
    public Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> create, CancellationToken cancellationToken) =>
        _inProgress
            .GetOrAdd(key, missing => new Lazy<Task<TValue>>(() => CreateAsync(missing, create)))
            .Value.WaitAsync(cancellationToken);

    private async Task<TValue> CreateAsync(TKey key, Func<TKey, Task<TValue>> create)
    {
        try
        {
            return await create(key);
        }
        finally
        {
            _inProgress.TryRemove(key, out _);
        }
    }
}

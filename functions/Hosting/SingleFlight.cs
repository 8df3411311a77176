using System.Collections.Concurrent;

namespace ServerlessBlog.Hosting;

/// <summary>However many ask for the same thing at once, it is made once, and all get it.</summary>
/// <remarks>Nothing is kept: who asks after it is made has it made again.</remarks>
public sealed class SingleFlight<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> _making = [];

    /// <summary>Makes the thing, or waits for who is making it.</summary>
    /// <param name="key">Which thing.</param>
    /// <param name="make">Makes it; its exception goes to all who wait.</param>
    /// <param name="cancellationToken">Ends the waiting, not the making: others may wait for it too.</param>
    public Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> make, CancellationToken cancellationToken) =>
        _making
            .GetOrAdd(key, missing => new Lazy<Task<TValue>>(() => MakeAsync(missing, make)))
            .Value.WaitAsync(cancellationToken);

    private async Task<TValue> MakeAsync(TKey key, Func<TKey, Task<TValue>> make)
    {
        try
        {
            return await make(key);
        }
        finally
        {
            _making.TryRemove(key, out _);
        }
    }
}

using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The table of addresses. A lookup costs one point read, and none while the last result is fresh. Thread-safe.
/// </summary>
public sealed partial class AddressTable(
    BlogStorage storage,
    ChangeCounter changes,
    TimeProvider clock,
    ILogger<AddressTable> logger
) : IDisposable
{
    private const string Key = "address";
    private const int MaxCached = 20_000;

    private readonly TableClient _table = storage.Table(StorageNames.AddressTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.AddressTable);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCached });
    private readonly SingleFlight<string, CachedAddress> _singleFlight = new();

    private sealed record CachedAddress(Address? Address, DateTimeOffset ReadAt);

    /// <summary>
    /// Looks up a path. The result is at most <see cref="Freshness.RefreshAfter"/> old, older only during a storage
    /// outage.
    /// </summary>
    /// <param name="path">The decoded path.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="RequestFailedException">
    /// Storage is unavailable and this instance has never read the path.
    /// </exception>
    public async ValueTask<AddressLookup> FindAsync(SitePath path, CancellationToken cancellationToken)
    {
        var key = path.Key;
        var (now, current) = (clock.GetUtcNow(), changes.Current);
        if (_cache.TryGetValue<CachedAddress>(key, out var cached) && now - cached!.ReadAt < Freshness.RefreshAfter)
        {
            return ToLookup(cached, current);
        }

        try
        {
            return ToLookup(await _singleFlight.GetAsync(key, ReadForReadersAsync, cancellationToken), current);
        }
        catch (Exception problem)
            when (cached is not null
                && StorageErrors.IsStorageError(problem)
                && !cancellationToken.IsCancellationRequested
            )
        {
            LogStale(key, now - cached.ReadAt, problem);
            return new AddressLookup(cached.Address, IsStale: true, default);
        }
    }

    /// <summary>
    /// Writes an address as it should be now, under a fresh revision. A redirect or 410 that is stored already is left
    /// as it is.
    /// </summary>
    /// <param name="path">The decoded path.</param>
    /// <param name="findActual">
    /// Reads what the address should be; null to leave it as it is. Called after the stored address was read, which is
    /// then replaced only if its ETag is unchanged. So an older result never overwrites a newer one, however many calls
    /// run at once.
    /// </param>
    /// <param name="cancellationToken">Cancels the work; the address may have been written.</param>
    public async Task ReconcileAsync(
        SitePath path,
        Func<CancellationToken, Task<Address?>> findActual,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var readAt = clock.GetUtcNow();
            var read = await ReadAsync(path, cancellationToken);
            if (await findActual(cancellationToken) is not { } address)
            {
                return;
            }

            if (IsStoredAlready(read?.Value, address))
            {
                // A call that was cancelled or lost its response may have written it without updating this instance's
                // cache.
                CacheRead(path.Key, read!.Value, readAt);
                changes.Increment();
                return;
            }

            if (await WriteAsync(path, read, address with { RevisionText = NextRevision() }, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Raises the revision of the page at this path, so that copies rendered before are no longer served. Does nothing
    /// unless this post is public there.
    /// </summary>
    public async Task RaiseAsync(SitePath path, PostId post, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (
                await ReadAsync(path, cancellationToken) is not { Value: { Kind: AddressKind.Post } stored } read
                || stored.Post != post
                || await WriteAsync(path, read, stored with { RevisionText = NextRevision() }, cancellationToken)
            )
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    private static AddressLookup ToLookup(CachedAddress cached, long generation) =>
        new(cached.Address, IsStale: false, new ServeUntil(cached.ReadAt + Freshness.RefreshAfter, generation));

    /// <summary>
    /// Whether the stored redirect or 410 is the same already. No rendered page depends on either, so neither needs a
    /// fresh revision.
    /// </summary>
    private static bool IsStoredAlready(Address? read, Address address) =>
        read is not null
        && address.Kind != AddressKind.Post
        && read with { RevisionText = address.RevisionText } == address;

    private async Task<CachedAddress> ReadForReadersAsync(string key)
    {
        var readAt = clock.GetUtcNow();
        var found = await Row.FindAsync(
            _forReaders,
            PartitionKeyFor(key),
            Key,
            PostJson.Default.Address,
            CancellationToken.None
        );
        return CacheRead(key, found?.Value, readAt);
    }

    private Task<Versioned<Address>?> ReadAsync(SitePath path, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, PartitionKeyFor(path.Key), Key, PostJson.Default.Address, cancellationToken);

    private async Task<bool> WriteAsync(
        SitePath path,
        Versioned<Address>? read,
        Address address,
        CancellationToken cancellationToken
    )
    {
        var written = await Row.TryWriteAsync(
            _table,
            Row.Create(PartitionKeyFor(path.Key), Key, address, PostJson.Default.Address),
            read?.Version,
            cancellationToken
        );
        if (written)
        {
            // The instance that wrote it serves it at once.
            CacheValue(path.Key, new CachedAddress(address, clock.GetUtcNow()));
            changes.Increment();
        }

        return written;
    }

    /// <summary>
    /// Caches a read result unless a later one is cached: a read that began before a write does not restore the older
    /// state.
    /// </summary>
    private CachedAddress CacheRead(string key, Address? address, DateTimeOffset readAt)
    {
        if (_cache.TryGetValue<CachedAddress>(key, out var cached) && cached!.ReadAt >= readAt)
        {
            return cached;
        }

        cached = new CachedAddress(address, readAt);
        CacheValue(key, cached);
        return cached;
    }

    private void CacheValue(string key, CachedAddress cached) =>
        _cache.Set(key, cached, new MemoryCacheEntryOptions { Size = 1 });

    private string NextRevision() => Revision.Next(clock).Text;

    private static string PartitionKeyFor(string key) => ShortHash.Hash(key);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Storage did not say what stands at {Path}: serving what was there {Age} ago."
    )]
    private partial void LogStale(string path, TimeSpan age, Exception problem);
}

/// <summary>The result of looking up a path.</summary>
/// <param name="Address">The address; null when no post was ever public at the path.</param>
/// <param name="IsStale">
/// Whether storage was unavailable and the address is the last one that this instance read.
/// </param>
/// <param name="Validity">How long the result may be reused without another lookup.</param>
public readonly record struct AddressLookup(Address? Address, bool IsStale, ServeUntil Validity);

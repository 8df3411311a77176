using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>What stands at each address. A reader's page costs one point read here, and none while the last one is fresh.</summary>
public sealed partial class AddressTable(
    BlogStorage storage,
    ChangeCounter changes,
    TimeProvider clock,
    ILogger<AddressTable> logger
) : IDisposable
{
    private const string Key = "address";
    private const int MaxRemembered = 20_000;

    private readonly TableClient _table = storage.Table(StorageNames.AddressTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.AddressTable);
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });
    private readonly SingleFlight<string, Seen> _reading = new();

    private sealed record Seen(Address? Address, DateTimeOffset At);

    /// <summary>What stands at this path, at most <see cref="Freshness.RefreshAfter"/> old unless storage does not answer.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RequestFailedException">Storage does not answer, and this instance has never seen the address.</exception>
    public async ValueTask<AddressLookup> FindAsync(SitePath path, CancellationToken cancellationToken)
    {
        var key = path.Key;
        var (now, current) = (clock.GetUtcNow(), changes.Current);
        if (_seen.TryGetValue<Seen>(key, out var seen) && now - seen!.At < Freshness.RefreshAfter)
        {
            return Found(seen, current);
        }

        try
        {
            return Found(await _reading.GetAsync(key, ReadForReadersAsync, cancellationToken), current);
        }
        catch (Exception problem)
            when (seen is not null
                && StorageErrors.IsStorageError(problem)
                && !cancellationToken.IsCancellationRequested
            )
        {
            LogStale(key, now - seen.At, problem);
            return new AddressLookup(seen.Address, IsStale: true, default);
        }
    }

    /// <summary>Brings an address to what is true of it, under a fresh revision.</summary>
    /// <param name="path">The path.</param>
    /// <param name="truth">
    /// Asks what is true; null leaves the address as it is. Asked after the address was read, which is then written only if nobody else
    /// has: so an older truth never comes over a newer one, however many settle the address at once.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task SettleAsync(
        SitePath path,
        Func<CancellationToken, Task<Address?>> truth,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var at = clock.GetUtcNow();
            var read = await ReadAsync(path, cancellationToken);
            if (await truth(cancellationToken) is not { } address)
            {
                return;
            }

            if (IsSaid(read?.Value, address))
            {
                // It may have been written by a call that died before it could learn of it.
                RememberRead(path.Key, read!.Value, at);
                changes.Next();
                return;
            }

            if (await WriteAsync(path, read, address with { RevisionText = Next() }, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Gives the page at this address a fresh revision, if this public post stands there: whatever was rendered before is no longer served.</summary>
    public async Task RaiseAsync(SitePath path, PostId post, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (
                await ReadAsync(path, cancellationToken) is not { Value: { Kind: AddressKind.Post } there } read
                || there.Post != post
                || await WriteAsync(path, read, there with { RevisionText = Next() }, cancellationToken)
            )
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _seen.Dispose();

    private static AddressLookup Found(Seen seen, long generation) =>
        new(seen.Address, IsStale: false, new ServeUntil(seen.At + Freshness.RefreshAfter, generation));

    /// <summary>Whether a redirect, or that a post is gone, is there already: no page shows either, so neither needs a fresh revision.</summary>
    private static bool IsSaid(Address? read, Address address) =>
        read is not null
        && address.Kind != AddressKind.Post
        && read with { RevisionText = address.RevisionText } == address;

    private async Task<Seen> ReadForReadersAsync(string key)
    {
        var at = clock.GetUtcNow();
        var found = await Row.FindAsync(
            _forReaders,
            PartitionOf(key),
            Key,
            PostJson.Default.Address,
            CancellationToken.None
        );
        return RememberRead(key, found?.Value, at);
    }

    private Task<Versioned<Address>?> ReadAsync(SitePath path, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, PartitionOf(path.Key), Key, PostJson.Default.Address, cancellationToken);

    private async Task<bool> WriteAsync(
        SitePath path,
        Versioned<Address>? read,
        Address address,
        CancellationToken cancellationToken
    )
    {
        var written = await Row.TryWriteAsync(
            _table,
            Row.Create(PartitionOf(path.Key), Key, address, PostJson.Default.Address),
            read?.Version,
            cancellationToken
        );
        if (written)
        {
            // Seen by this instance at once.
            Remember(path.Key, new Seen(address, clock.GetUtcNow()));
            changes.Next();
        }

        return written;
    }

    /// <summary>What was seen later stays: a read that began before a write does not put the older state back.</summary>
    private Seen RememberRead(string key, Address? address, DateTimeOffset at)
    {
        if (_seen.TryGetValue<Seen>(key, out var seen) && seen!.At >= at)
        {
            return seen;
        }

        seen = new Seen(address, at);
        Remember(key, seen);
        return seen;
    }

    private void Remember(string key, Seen seen) => _seen.Set(key, seen, new MemoryCacheEntryOptions { Size = 1 });

    private string Next() => Revision.Next(clock).Text;

    private static string PartitionOf(string key) => ShortHash.Hash(key);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Storage did not say what stands at {Path}: serving what was there {Age} ago."
    )]
    private partial void LogStale(string path, TimeSpan age, Exception problem);
}

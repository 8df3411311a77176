using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The table of addresses. A lookup costs one point read, and none while the last result is fresh. Thread-safe.
/// </summary>
public sealed class AddressTable(BlogStorage storage, StorageCircuit circuit, ChangeCounter changes, TimeProvider clock)
    : IDisposable
{
    private const string Key = "address";

    private readonly TableClient _table = storage.Table(StorageNames.AddressTable);
    private readonly RevalidatingCache<string, Address?> _addresses = new(
        CacheLimits.Addresses,
        key => ReadForReadersAsync(storage.TableForReaders(StorageNames.AddressTable), key),
        circuit,
        clock
    );

    /// <summary>
    /// Looks up a path. The result is at most <see cref="CacheLimits.RefreshAfter"/> old, older only during a storage
    /// outage.
    /// </summary>
    /// <param name="path">The decoded path.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="RequestFailedException">
    /// Storage is unavailable and this instance has never read the path.
    /// </exception>
    public async ValueTask<AddressLookup> FindAsync(SitePath path, CancellationToken cancellationToken)
    {
        var generation = changes.Current;
        var (address, at, isStale) = await _addresses.GetAsync(path.Key, CacheLimits.RefreshAfter, cancellationToken);
        return new AddressLookup(address, isStale, new ServeUntil(at + CacheLimits.RefreshAfter, generation));
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
                _addresses.SetRead(path.Key, read!.Value, readAt);
                changes.Expire();
                return;
            }

            if (await WriteAsync(path, read, address with { RevisionText = NextRevision() }, cancellationToken))
            {
                changes.Expire();
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

    /// <summary>Reads all addresses, each with the hash of its path's key.</summary>
    internal IAsyncEnumerable<(string Hash, Address Address)> ReadAllAsync(CancellationToken cancellationToken) =>
        _table
            .QueryAsync<TableEntity>(cancellationToken: cancellationToken)
            .Select(row => (row.PartitionKey, Row.Read(row, PostJson.Default.Address)));

    /// <inheritdoc/>
    public void Dispose() => _addresses.Dispose();

    /// <summary>
    /// Whether the stored redirect or 410 is the same already. No rendered page depends on either, so neither needs a
    /// fresh revision.
    /// </summary>
    private static bool IsStoredAlready(Address? read, Address address) =>
        read is not null
        && address.Kind != AddressKind.Post
        && read with { RevisionText = address.RevisionText } == address;

    private static async Task<Address?> ReadForReadersAsync(TableClient table, string key) =>
        (
            await Row.FindAsync(table, PartitionKeyFor(key), Key, PostJson.Default.Address, CancellationToken.None)
        )?.Value;

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
            _addresses.SetWritten(path.Key, address);
            changes.Increment();
        }

        return written;
    }

    private string NextRevision() => Revision.Next(clock).Text;

    private static string PartitionKeyFor(string key) => ShortHash.Hash(key);
}

/// <summary>The result of looking up a path.</summary>
/// <param name="Address">The address; null when no post was ever public at the path.</param>
/// <param name="IsStale">
/// Whether storage was unavailable and the address is the last one that this instance read.
/// </param>
/// <param name="Validity">How long the result may be reused without another lookup.</param>
public readonly record struct AddressLookup(Address? Address, bool IsStale, ServeUntil Validity);

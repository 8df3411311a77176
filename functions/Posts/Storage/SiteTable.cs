using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Caching;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The site's revision: covers everything that many pages show together. Raised by publishing, by unpublishing
/// and when a moderator saves rules, never by a comment. Under traffic it is read in the background every 2 s, so that
/// requests find it in memory. Thread-safe.
/// </summary>
public sealed class SiteTable : IDisposable
{
    private const string Partition = "site";
    private const string Key = "revision";

    private readonly TableClient _table;
    private readonly ChangeCounter _changes;
    private readonly TimeProvider _clock;
    private readonly RevalidatingCache<string, Revision> _revision;
    private readonly SemaphoreSlim _raising = new(1);
    private readonly ITimer _timer;
    private string? _known;
    private DateTimeOffset _lastRequestAt;

    /// <summary>Makes no call to storage; the background reads begin after the first request.</summary>
    public SiteTable(BlogStorage storage, StorageCircuit circuit, ChangeCounter changes, TimeProvider clock)
    {
        var forReaders = storage.TableForReaders(StorageNames.PostTable);
        (_table, _changes, _clock) = (storage.Table(StorageNames.PostTable), changes, clock);
        _revision = new(capacity: 1, _ => ReadAsync(forReaders), circuit, clock);
        _timer = clock.CreateTimer(_ => RefreshIfInUse(), null, CacheLimits.Lifetime, CacheLimits.Lifetime);
    }

    /// <summary>
    /// Whether the last successful read is overdue (3 s old), so that <see cref="GetRevisionAsync"/> may return an old
    /// revision.
    /// </summary>
    public bool IsStale => _revision.Last(Key) is { } last && _clock.GetUtcNow() - last.At >= CacheLimits.SiteOverdue;

    /// <summary>
    /// Returns the site's revision, normally at most 3 s old; during a storage outage the last one that this instance
    /// read.
    /// </summary>
    /// <exception cref="RequestFailedException">
    /// Storage is unavailable and this instance has never read the revision.
    /// </exception>
    public async ValueTask<Revision> GetRevisionAsync()
    {
        _lastRequestAt = _clock.GetUtcNow();
        return Notice((await _revision.GetAsync(Key, CacheLimits.SiteOverdue, CancellationToken.None)).Value);
    }

    /// <summary>Raises the site's revision: pages rendered before are no longer served.</summary>
    public async Task RaiseAsync(CancellationToken cancellationToken)
    {
        // One at a time within this instance, so that the cached revision is the one written last.
        await _raising.WaitAsync(cancellationToken);
        try
        {
            while (!await TryRaiseAsync(cancellationToken)) { }
        }
        finally
        {
            _raising.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _raising.Dispose();
        _revision.Dispose();
    }

    private async Task<bool> TryRaiseAsync(CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Key,
            cancellationToken: cancellationToken
        );
        var revision = Revision.Next(_clock);
        var row = new TableEntity(Partition, Key) { ["Revision"] = revision.Text };
        var isWritten = await Row.TryWriteAsync(
            _table,
            row,
            found.HasValue ? found.Value!.ETag.ToString() : null,
            cancellationToken
        );
        if (isWritten)
        {
            _revision.SetWritten(Key, revision);
            _known = revision.Text;
            _changes.Expire();
        }

        return isWritten;
    }

    private static async Task<Revision> ReadAsync(TableClient table)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Key);
        return found.HasValue ? new Revision(found.Value!.GetString("Revision")) : Revision.None;
    }

    /// <summary>Records a change when the revision is another one than before.</summary>
    private Revision Notice(Revision revision)
    {
        if (Interlocked.Exchange(ref _known, revision.Text) != revision.Text)
        {
            _changes.Increment();
        }

        return revision;
    }

    private void RefreshIfInUse()
    {
        if (_clock.GetUtcNow() - _lastRequestAt < CacheLimits.SiteIdleAfter)
        {
            _ = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        if (await _revision.TryReadAsync(Key) is { } reading)
        {
            Notice(reading.Value);
        }
    }
}

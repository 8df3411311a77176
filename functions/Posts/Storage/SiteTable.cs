using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The site's revision: covers everything that many pages show together. Raised by publishing, by unpublishing
/// and when a moderator saves rules, never by a comment. Under traffic it is read in the background every 2 s, so that
/// requests find it in memory. Thread-safe.
/// </summary>
public sealed partial class SiteTable(
    BlogStorage storage,
    ChangeCounter changes,
    TimeProvider clock,
    ILogger<SiteTable> logger
) : IDisposable
{
    private const string Partition = "site";
    private const string Key = "revision";

    /// <summary>
    /// The age from which a request reads the revision itself, because the background reads have stopped or fail.
    /// </summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(30);

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _raising = new(1);
    private readonly SingleFlight<string, Revision> _singleFlight = new();
    private ITimer? _timer;
    private CachedRevision? _cached;
    private DateTimeOffset _lastRequestAt;

    private sealed record CachedRevision(Revision Revision, DateTimeOffset ReadAt);

    /// <summary>
    /// Whether the last successful read is overdue (3 s old), so that <see cref="GetRevisionAsync"/> may return an old
    /// revision.
    /// </summary>
    public bool IsStale => _cached is { } cached && clock.GetUtcNow() - cached.ReadAt >= Overdue;

    /// <summary>
    /// Returns the site's revision, normally at most 3 s old; during a storage outage the last one that this instance
    /// read.
    /// </summary>
    /// <exception cref="RequestFailedException">
    /// Storage is unavailable and this instance has never read the revision.
    /// </exception>
    public async ValueTask<Revision> GetRevisionAsync()
    {
        _lastRequestAt = clock.GetUtcNow();
        if (_cached is { } cached && _lastRequestAt - cached.ReadAt < Overdue)
        {
            return cached.Revision;
        }

        try
        {
            return await ReadOnceAsync();
        }
        catch (Exception problem) when (_cached is not null && StorageErrors.IsStorageError(problem))
        {
            LogStale(problem);
            return _cached.Revision;
        }
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
        _timer?.Dispose();
        _raising.Dispose();
    }

    private async Task<bool> TryRaiseAsync(CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Key,
            cancellationToken: cancellationToken
        );
        var revision = Revision.Next(clock);
        var row = new TableEntity(Partition, Key) { ["Revision"] = revision.Text };
        if (
            !await Row.TryWriteAsync(
                _table,
                row,
                found.HasValue ? found.Value!.ETag.ToString() : null,
                cancellationToken
            )
        )
        {
            return false;
        }

        lock (_gate)
        {
            _cached = new CachedRevision(revision, clock.GetUtcNow());
        }

        changes.Increment();
        return true;
    }

    /// <summary>Reads the revision once for all concurrent callers, and starts the background reads.</summary>
    private Task<Revision> ReadOnceAsync()
    {
        lock (_gate)
        {
            _timer ??= clock.CreateTimer(_ => RefreshIfInUse(), null, Freshness.Lifetime, Freshness.Lifetime);
        }

        return _singleFlight.GetAsync(Key, _ => ReadAsync(), CancellationToken.None);
    }

    private async Task<Revision> ReadAsync()
    {
        var readAt = clock.GetUtcNow();
        var found = await _forReaders.GetEntityIfExistsAsync<TableEntity>(Partition, Key);
        var revision = found.HasValue ? new Revision(found.Value!.GetString("Revision")) : Revision.None;

        lock (_gate)
        {
            // A revision that this instance raised meanwhile is newer than the one read.
            if (_cached is null || _cached.ReadAt < readAt)
            {
                var isNew = _cached?.Revision != revision;
                _cached = new CachedRevision(revision, readAt);
                if (isNew)
                {
                    changes.Increment();
                }
            }

            return _cached.Revision;
        }
    }

    private void RefreshIfInUse()
    {
        if (clock.GetUtcNow() - _lastRequestAt < IdleAfter)
        {
            _ = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await ReadOnceAsync();
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            LogStale(problem);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Storage did not say the site's revision: going on with the last one."
    )]
    private partial void LogStale(Exception problem);
}

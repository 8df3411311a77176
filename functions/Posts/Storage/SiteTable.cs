using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The site's revision: the number of everything that many pages show together. Raised by publishing and unpublishing, never by a comment.
/// Read beside requests: every 2 s while readers come, so that a request finds it in memory.
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

    /// <summary>Past this, the reading beside requests has stopped or is in trouble, and a request reads for itself.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _raising = new(1);
    private readonly SingleFlight<string, Revision> _reading = new();
    private ITimer? _timer;
    private Seen? _seen;
    private DateTimeOffset _lastAsked;

    private sealed record Seen(Revision Revision, DateTimeOffset At);

    /// <summary>Whether storage has not said for a while what the revision is: what <see cref="CurrentAsync"/> answers then may be behind.</summary>
    public bool IsStale => _seen is { } seen && clock.GetUtcNow() - seen.At >= Overdue;

    /// <summary>The site's revision, as fresh as readers are promised.</summary>
    /// <exception cref="RequestFailedException">Storage does not answer, and this instance has never seen it.</exception>
    public async ValueTask<Revision> CurrentAsync()
    {
        _lastAsked = clock.GetUtcNow();
        if (_seen is { } seen && _lastAsked - seen.At < Overdue)
        {
            return seen.Revision;
        }

        try
        {
            return await ReadOnceAsync();
        }
        catch (Exception problem) when (_seen is not null && StorageErrors.IsStorageError(problem))
        {
            LogStale(problem);
            return _seen.Revision;
        }
    }

    /// <summary>Gives the site a fresh revision: no page rendered before is served any more.</summary>
    public async Task RaiseAsync(CancellationToken cancellationToken)
    {
        // One after another here, so that what this instance saw last is what was written last.
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
            _seen = new Seen(revision, clock.GetUtcNow());
        }

        changes.Next();
        return true;
    }

    /// <summary>However many ask at once, one reads.</summary>
    private Task<Revision> ReadOnceAsync()
    {
        lock (_gate)
        {
            _timer ??= clock.CreateTimer(_ => ReadAgain(), null, Freshness.Lifetime, Freshness.Lifetime);
        }

        return _reading.GetAsync(Key, _ => ReadAsync(), CancellationToken.None);
    }

    private async Task<Revision> ReadAsync()
    {
        var at = clock.GetUtcNow();
        var found = await _forReaders.GetEntityIfExistsAsync<TableEntity>(Partition, Key);
        var revision = found.HasValue ? new Revision(found.Value!.GetString("Revision")) : Revision.None;

        lock (_gate)
        {
            // What this instance raised meanwhile is newer than what was read.
            if (_seen is null || _seen.At < at)
            {
                var isNews = _seen?.Revision != revision;
                _seen = new Seen(revision, at);
                if (isNews)
                {
                    changes.Next();
                }
            }

            return _seen.Revision;
        }
    }

    private void ReadAgain()
    {
        if (clock.GetUtcNow() - _lastAsked < Idle)
        {
            _ = ReadQuietlyAsync();
        }
    }

    private async Task ReadQuietlyAsync()
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

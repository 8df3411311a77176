using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The revisions that pages of many posts depend on (<see cref="SiteRevisions"/>), in one row.
/// Under traffic they are read in the background every 2 s, so that requests find them in memory. Thread-safe.
/// </summary>
public sealed class SiteTable : IDisposable
{
    /// <summary>
    /// The minimum time between two revisions of comments: 10 s. However many comments come, lists of posts are
    /// rendered no more often.
    /// </summary>
    public static readonly TimeSpan CommentsInterval = TimeSpan.FromSeconds(10);

    /// <summary>How far the clocks of two instances may differ: 1 s.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromSeconds(1);

    private const string Partition = "site";
    private const string Key = "revision";
    private const string SiteProperty = "Revision";
    private const string CommentsProperty = "Talk";

    /// <summary>The time at which a message that was sent will raise the revision of comments.</summary>
    private const string PendingProperty = "Pending";

    private readonly TableClient _table;
    private readonly TableClient _forReaders;
    private readonly ChangeCounter _changes;
    private readonly TimeProvider _clock;
    private readonly RevalidatingCache<string, SiteRevisions> _revisions;
    private readonly SemaphoreSlim _raising = new(1);
    private readonly ITimer _timer;
    private SiteRevisions? _known;
    private DateTimeOffset _lastRequestAt;

    /// <summary>Makes no call to storage; the background reads begin after the first request.</summary>
    public SiteTable(BlogStorage storage, StorageCircuit circuit, ChangeCounter changes, TimeProvider clock)
    {
        _forReaders = storage.TableForReaders(StorageNames.PostTable);
        (_table, _changes, _clock) = (storage.Table(StorageNames.PostTable), changes, clock);
        _revisions = new(capacity: 1, async _ => (await ReadAsync(_forReaders, default)).Revisions, circuit, clock);
        _timer = clock.CreateTimer(_ => RefreshIfInUse(), null, CacheLimits.Lifetime, CacheLimits.Lifetime);
    }

    /// <summary>
    /// Whether the last successful read is overdue (3 s old), so that <see cref="GetRevisionsAsync"/> may return old
    /// revisions.
    /// </summary>
    public bool IsStale => _revisions.Last(Key) is { } last && _clock.GetUtcNow() - last.At >= CacheLimits.SiteOverdue;

    /// <summary>Returns the site's revision, as <see cref="GetRevisionsAsync"/> does.</summary>
    public async ValueTask<Revision> GetRevisionAsync() => (await GetRevisionsAsync()).Site;

    /// <summary>
    /// Returns the revisions, normally at most 3 s old; during a storage outage the last ones that this instance read.
    /// </summary>
    /// <exception cref="RequestFailedException">
    /// Storage is unavailable and this instance has never read the revisions.
    /// </exception>
    public async ValueTask<SiteRevisions> GetRevisionsAsync()
    {
        _lastRequestAt = _clock.GetUtcNow();
        return Notice((await _revisions.GetAsync(Key, CacheLimits.SiteOverdue, CancellationToken.None)).Value);
    }

    /// <summary>Asks storage once, whatever is in memory, with the retry profile of reading.</summary>
    /// <returns>False when storage refused the call or did not respond.</returns>
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(_forReaders, cancellationToken);
            return true;
        }
        catch (Exception problem)
            when (StorageErrors.IsStorageError(problem) && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Raises the site's revision: pages rendered before are no longer served.</summary>
    public Task RaiseAsync(CancellationToken cancellationToken) =>
        ChangeAsync(
            async row =>
            {
                var raised = row with { Revisions = row.Revisions with { Site = Revision.Next(_clock) } };
                var isWritten = await TryWriteAsync(raised, cancellationToken);
                if (isWritten)
                {
                    _changes.Expire();
                }

                return isWritten;
            },
            cancellationToken
        );

    /// <summary>
    /// Raises the revision of comments: lists of posts rendered before are no longer served. When it was raised less
    /// than 10 s ago, a message is sent that does it 10 s later, unless one is on its way.
    /// </summary>
    /// <param name="raiseLater">Sends a message whose handler calls this method again, after 10 s.</param>
    /// <param name="cancellationToken">Cancels the raise: call again.</param>
    public Task RaiseCommentsAsync(Func<CancellationToken, Task> raiseLater, CancellationToken cancellationToken) =>
        ChangeAsync(
            async row =>
            {
                var now = _clock.GetUtcNow();
                if (row.Pending > now + MaxClockSkew)
                {
                    return true;
                }

                if (now - row.Revisions.Comments.Time < CommentsInterval)
                {
                    await raiseLater(cancellationToken);
                    return await TryWriteAsync(row with { Pending = now + CommentsInterval }, cancellationToken);
                }

                var revisions = row.Revisions with { Comments = Revision.Next(_clock) };
                return await TryWriteAsync(row with { Revisions = revisions, Pending = null }, cancellationToken);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _raising.Dispose();
        _revisions.Dispose();
    }

    /// <summary>
    /// Reads the row and changes it, again and again until no other instance does so at the same time. One at a time
    /// within this instance, so that the cached revisions are those written last.
    /// </summary>
    private async Task ChangeAsync(Func<SiteRow, Task<bool>> tryChange, CancellationToken cancellationToken)
    {
        await _raising.WaitAsync(cancellationToken);
        try
        {
            while (!await tryChange(await ReadAsync(_table, cancellationToken))) { }
        }
        finally
        {
            _raising.Release();
        }
    }

    /// <summary>Writes the row. Returns false when it has changed since it was read.</summary>
    private async Task<bool> TryWriteAsync(SiteRow row, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, Key)
        {
            [SiteProperty] = row.Revisions.Site.Text,
            [CommentsProperty] = row.Revisions.Comments.Text,
        };
        if (row.Pending is { } pending)
        {
            entity[PendingProperty] = pending;
        }

        if (!await Row.TryWriteAsync(_table, entity, row.Version, cancellationToken))
        {
            return false;
        }

        _revisions.SetWritten(Key, row.Revisions);
        Notice(row.Revisions);
        return true;
    }

    private static async Task<SiteRow> ReadAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Key,
            cancellationToken: cancellationToken
        );
        var row = found.HasValue ? found.Value : null;
        return new SiteRow(
            new SiteRevisions(RevisionIn(row, SiteProperty), RevisionIn(row, CommentsProperty)),
            row?.GetDateTimeOffset(PendingProperty),
            row?.ETag.ToString()
        );
    }

    private static Revision RevisionIn(TableEntity? row, string property) =>
        row?.GetString(property) is { } text ? new Revision(text) : Revision.None;

    /// <summary>Records a change when the revisions are others than before.</summary>
    private SiteRevisions Notice(SiteRevisions revisions)
    {
        if (Interlocked.Exchange(ref _known, revisions) != revisions)
        {
            _changes.Increment();
        }

        return revisions;
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
        if (await _revisions.TryReadAsync(Key) is { } reading)
        {
            Notice(reading.Value);
        }
    }

    /// <summary>The row as read, with its ETag; null before the first change.</summary>
    private sealed record SiteRow(SiteRevisions Revisions, DateTimeOffset? Pending, string? Version);
}

/// <summary>The revisions that pages of many posts depend on.</summary>
/// <param name="Site">
/// Covers everything that many pages show together. Raised by publishing, by unpublishing and when a moderator saves
/// rules, never by a comment.
/// </param>
/// <param name="Comments">
/// Covers what lists of posts show of comments: their numbers. Raised by comments, at most every 10 s.
/// </param>
public sealed record SiteRevisions(Revision Site, Revision Comments);

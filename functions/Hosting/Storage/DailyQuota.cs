using Azure.Data.Tables;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// An amount that all instances of the blog together may use in a day (UTC). An instance takes it in blocks from one
/// row, so that most uses cost no storage call; what is left of a block when an instance ends is lost. Thread-safe.
/// </summary>
/// <param name="storage">The storage with the row.</param>
/// <param name="limit">The amount.</param>
/// <param name="clock">The clock that says which day it is.</param>
public sealed class DailyQuota(BlogStorage storage, DailyLimit limit, TimeProvider clock) : IDisposable
{
    private const string Partition = "quota";
    private const string DayProperty = "Day";
    private const string UsedProperty = "Used";

    private readonly TableClient _table = storage.TableForReaders(StorageNames.PostTable);
    private readonly SemaphoreSlim _taking = new(1);
    private string _day = "";
    private long _left;
    private bool _isUsedUp;

    /// <summary>The time until the next day begins.</summary>
    public TimeSpan UntilTomorrow => TimeSpan.FromDays(1) - clock.GetUtcNow().UtcDateTime.TimeOfDay;

    /// <summary>Uses a part of the amount. Returns false, and uses nothing, when that much is not left today.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage refused or did not answer; nothing was used.</exception>
    public async Task<bool> TryUseAsync(long amount, CancellationToken cancellationToken)
    {
        if (limit.Amount == 0)
        {
            return true;
        }

        await _taking.WaitAsync(cancellationToken);
        try
        {
            var today = clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            if (today != _day)
            {
                (_day, _left, _isUsedUp) = (today, 0, false);
            }

            if (_left < amount && !_isUsedUp)
            {
                await TakeAsync(amount - _left, cancellationToken);
            }

            if (_left < amount)
            {
                return false;
            }

            _left -= amount;
            return true;
        }
        finally
        {
            _taking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _taking.Dispose();

    /// <summary>Takes a block of at least the missing amount, or notes that so much is not left today.</summary>
    private async Task TakeAsync(long missing, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                Partition,
                limit.Name,
                cancellationToken: cancellationToken
            );
            var row = found.HasValue ? found.Value : null;
            var used = row?.GetString(DayProperty) == _day ? row.GetInt64(UsedProperty) ?? 0 : 0;
            var block = Math.Min(Math.Max(limit.Block, missing), limit.Amount - used);
            if (block < missing)
            {
                _isUsedUp = true;
                return;
            }

            // Of two instances at once, the second fails here and reads again.
            var entry = new TableEntity(Partition, limit.Name) { [DayProperty] = _day, [UsedProperty] = used + block };
            if (await Row.TryWriteAsync(_table, entry, row?.ETag.ToString(), cancellationToken))
            {
                _left += block;
                return;
            }
        }
    }
}

/// <summary>What may be used in a day.</summary>
/// <param name="Name">The name, the key of the row.</param>
/// <param name="Amount">The amount; 0 for no limit.</param>
/// <param name="Block">How much an instance takes at once.</param>
public sealed record DailyLimit(string Name, long Amount, long Block);

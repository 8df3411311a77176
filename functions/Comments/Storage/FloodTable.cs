using Azure.Data.Tables;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The flood limit: when a comment last came from an IP address. Addresses are stored as HMACs, with a key that is
/// created for one day and deleted by <see cref="DeletePastDaysAsync"/> afterwards.
/// </summary>
public sealed class FloodTable(BlogStorage storage, BlogSettings settings, TimeProvider clock)
{
    private const string Prefix = "flood:";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private (string Day, byte[] Key)? _today;

    /// <summary>
    /// Accepts at most one comment from an IP address within <c>Blog__Comments__FloodSeconds</c>. The same comment
    /// again, as after a double click, is always accepted. Returns how long to wait; zero when the comment is accepted,
    /// when <paramref name="address"/> is null, and when the limit is off.
    /// </summary>
    public async Task<TimeSpan> CheckAsync(string? address, CommentId comment, CancellationToken cancellationToken)
    {
        var (now, interval) = (clock.GetUtcNow(), TimeSpan.FromSeconds(settings.Comments.FloodSeconds));
        if (address is null || interval == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var (day, key) = await GetTodayKeyAsync(now, cancellationToken);
        var row = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address)).AsSpan(0, 16));
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                day,
                row,
                cancellationToken: cancellationToken
            );
            var last = found.HasValue ? found.Value : null;
            if (last?.GetDateTimeOffset("Last") + interval - now is { } left && left > TimeSpan.Zero)
            {
                return last!.GetString("Comment") == comment.ToString() ? TimeSpan.Zero : left;
            }

            // Of two requests at once, the second fails here, reads again and has to wait.
            var entry = new TableEntity(day, row) { ["Last"] = now, ["Comment"] = comment.ToString() };
            if (await Row.TryWriteAsync(_table, entry, last?.ETag.ToString(), cancellationToken))
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>Deletes the keys and the HMACs of past days.</summary>
    public async Task DeletePastDaysAsync(CancellationToken cancellationToken)
    {
        var today = DayOf(clock.GetUtcNow());
        await foreach (var day in RowRange.ReadKeysAsync(_table, CommentTable.Keys, Prefix, today, cancellationToken))
        {
            await foreach (var row in RowRange.ReadKeysAsync(_table, day, "", "~", cancellationToken))
            {
                await _table.DeleteEntityAsync(day, row, cancellationToken: cancellationToken);
            }

            // The key is deleted last: it is what says that rows of the day may be left.
            await _table.DeleteEntityAsync(CommentTable.Keys, day, cancellationToken: cancellationToken);
        }
    }

    private async Task<(string Day, byte[] Key)> GetTodayKeyAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var day = DayOf(now);
        if (_today is not { } today || today.Day != day)
        {
            _today = today = (day, await Row.GetOrCreateKeyAsync(_table, CommentTable.Keys, day, cancellationToken));
        }

        return today;
    }

    private static string DayOf(DateTimeOffset time) =>
        Prefix + time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

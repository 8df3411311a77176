using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Storage;

/// <summary>When somebody at an address last sent a comment. Addresses are kept as hashes with a key that is made for one day and then thrown away.</summary>
public sealed class FloodTable(BlogStorage storage, BlogSettings settings, TimeProvider clock)
{
    private const string Prefix = "flood:";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private (string Day, byte[] Key)? _today;

    /// <summary>
    /// Lets a comment from this address pass, and another one only <c>Blog__Comments__FloodSeconds</c> later; the same one again is a double click, and passes.
    /// Answers how long to wait; zero when it may pass.
    /// </summary>
    public async Task<TimeSpan> PassAsync(string? address, CommentId comment, CancellationToken cancellationToken)
    {
        var (now, pause) = (clock.GetUtcNow(), TimeSpan.FromSeconds(settings.Comments.FloodSeconds));
        if (address is null || pause == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var (day, key) = await TodayAsync(now, cancellationToken);
        var row = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address)).AsSpan(0, 16));
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                day,
                row,
                cancellationToken: cancellationToken
            );
            var last = found.HasValue ? found.Value : null;
            if (last?.GetDateTimeOffset("Last") + pause - now is { } left && left > TimeSpan.Zero)
            {
                return last!.GetString("Comment") == comment.ToString() ? TimeSpan.Zero : left;
            }

            // Who comes second of two at once reads again, and waits.
            var mine = new TableEntity(day, row) { ["Last"] = now, ["Comment"] = comment.ToString() };
            if (await Row.TryWriteAsync(_table, mine, last?.ETag.ToString(), cancellationToken))
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>Throws away the keys and hashes of days that are over.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var today = DayOf(clock.GetUtcNow());
        await foreach (var day in Row.KeysAsync(_table, CommentTable.Keys, Prefix, today, cancellationToken))
        {
            await foreach (var row in Row.KeysAsync(_table, day, "", "~", cancellationToken))
            {
                await _table.DeleteEntityAsync(day, row, cancellationToken: cancellationToken);
            }

            await _table.DeleteEntityAsync(CommentTable.Keys, day, cancellationToken: cancellationToken); // last: it says that there is something left to do
        }
    }

    private async Task<(string Day, byte[] Key)> TodayAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = DayOf(now);
        if (_today is not { } today || today.Day != day)
        {
            _today = today = (day, await Row.SecretAsync(_table, CommentTable.Keys, day, cancellationToken));
        }

        return today;
    }

    private static string DayOf(DateTimeOffset time) =>
        Prefix + time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

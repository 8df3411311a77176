using Azure.Data.Tables;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>Queries for ranges of row keys within a partition, and the parts of keys that sort by time.</summary>
internal static class RowRange
{
    /// <summary>The maximum number of rows in one query response of the service.</summary>
    private const int MaxPage = 1000;

    /// <summary>Reads the rows of a partition with keys in a range, sorted by key.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partition">The partition key.</param>
    /// <param name="from">The first row key, inclusive.</param>
    /// <param name="before">The end of the range, exclusive.</param>
    /// <param name="most">
    /// The approximate number of rows that the caller will read; the size of a response, 1 to 1,000.
    /// </param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table,
        string partition,
        string from,
        string before,
        int most,
        CancellationToken cancellationToken
    ) =>
        table.QueryAsync<TableEntity>(
            RangeFilter(partition, from, before),
            maxPerPage: Math.Clamp(most, 1, MaxPage),
            cancellationToken: cancellationToken
        );

    /// <summary>Reads only the row keys of the range that <see cref="ReadAsync"/> reads.</summary>
    public static IAsyncEnumerable<string> ReadKeysAsync(
        TableClient table,
        string partition,
        string from,
        string before,
        CancellationToken cancellationToken
    ) =>
        table
            .QueryAsync<TableEntity>(
                RangeFilter(partition, from, before),
                maxPerPage: MaxPage,
                select: ["RowKey"],
                cancellationToken: cancellationToken
            )
            .Select(row => row.RowKey);

    /// <summary>Reads the row keys of the range with one text column; null where a row does not have it.</summary>
    public static IAsyncEnumerable<(string Key, string? Value)> ReadColumnAsync(
        TableClient table,
        string partition,
        string from,
        string before,
        string column,
        CancellationToken cancellationToken
    ) =>
        table
            .QueryAsync<TableEntity>(
                RangeFilter(partition, from, before),
                maxPerPage: MaxPage,
                select: ["RowKey", column],
                cancellationToken: cancellationToken
            )
            .Select(row => (row.RowKey, (string?)row.GetString(column)));

    private static string RangeFilter(string partition, string from, string before) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}");

    /// <summary>A time as a part of a key that sorts the oldest first.</summary>
    public static string OldestFirst(DateTimeOffset time) =>
        time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The time of a part of a key made by <see cref="OldestFirst"/>.</summary>
    public static DateTimeOffset TimeOfOldestFirst(string part) =>
        new(long.Parse(part, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>A time as a part of a key that sorts the newest first.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The time of a part of a key made by <see cref="NewestFirst"/>.</summary>
    public static DateTimeOffset TimeOfNewestFirst(string part) =>
        new(DateTimeOffset.MaxValue.UtcTicks - long.Parse(part, CultureInfo.InvariantCulture), TimeSpan.Zero);
}

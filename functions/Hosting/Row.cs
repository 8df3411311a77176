using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace ServerlessBlog.Hosting;

/// <summary>How stores keep a value in a table row: as JSON in one property, with the version of its shape beside it.</summary>
/// <remarks>Every type kept this way stays below 32,000 characters by the limits of its own fields (a property holds 64 KiB of UTF-16).</remarks>
internal static class Row
{
    /// <summary>The version that this code writes. A newer version of the code reads older rows.</summary>
    private const int Schema = 1;

    public static TableEntity Of<T>(string partition, string key, T value, JsonTypeInfo<T> json) => new(partition, key)
    {
        ["Schema"] = Schema,
        ["Data"] = JsonSerializer.Serialize(value, json),
    };

    public static T Read<T>(TableEntity row, JsonTypeInfo<T> json) => JsonSerializer.Deserialize(row.GetString("Data"), json)
        ?? throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} holds no data.");

    /// <summary>Reads one row. Null when it is not there.</summary>
    public static async Task<Versioned<T>?> FindAsync<T>(TableClient table, string partition, string key, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<T>(Read(found.Value!, json), found.Value!.ETag.ToString()) : null;
    }

    /// <summary>Adds the row, or replaces the version that was read. False when another has come first.</summary>
    public static async Task<bool> TryWriteAsync(TableClient table, TableEntity row, string? readVersion, CancellationToken cancellationToken)
    {
        try
        {
            await (readVersion is null
                ? table.AddEntityAsync(row, cancellationToken)
                : table.UpdateEntityAsync(row, new ETag(readVersion), TableUpdateMode.Replace, cancellationToken));
            return true;
        }
        catch (RequestFailedException problem) when (IsAnothers(problem))
        {
            return false;
        }
    }

    /// <summary>Does all of it and answers the first row's new version or, when another has changed one of the rows meanwhile, does nothing and answers null.</summary>
    public static async Task<string?> TrySubmitAsync(TableClient table, IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            var done = await table.SubmitTransactionAsync(actions, cancellationToken);
            return done.Value[0].Headers.ETag?.ToString() ?? throw new InvalidDataException("Storage named no version of what it wrote.");
        }
        catch (TableTransactionFailedException problem) when (IsAnothers(problem))
        {
            return null;
        }
    }

    /// <summary>The row is there already, has changed, or is gone. A table that is not there is a fault: nobody could ever write.</summary>
    private static bool IsAnothers(RequestFailedException problem) =>
        problem.Status is 409 or 412 || (problem.Status == 404 && problem.ErrorCode != TableErrorCode.TableNotFound);

    /// <summary>Adds the row in a batch, or replaces the version that was read.</summary>
    public static TableTransactionAction Write(TableEntity row, string? readVersion) => readVersion is null
        ? new TableTransactionAction(TableTransactionActionType.Add, row)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(readVersion));

    /// <summary>A point in time as a key part that sorts oldest first.</summary>
    public static string OldestFirst(DateTimeOffset time) => time.UtcTicks.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A point in time as a key part that sorts newest first.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks).ToString("D19", System.Globalization.CultureInfo.InvariantCulture);
}

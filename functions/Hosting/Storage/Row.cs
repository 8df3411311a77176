using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// Stores a value in a table row as JSON, with the version of its schema; conditional writes, range queries and sort
/// keys for the stores.
/// </summary>
/// <remarks>
/// A property holds 64 KiB of UTF-16, so longer JSON continues in further properties
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model). The limits of its
/// fields keep every stored type far below 1 MiB, the maximum of a row.
/// </remarks>
internal static class Row
{
    private const string SchemaProperty = "Schema";

    /// <summary>
    /// Upgrades of the JSON of a row from one schema to the next: the first from 1 to 2, and so on. Each gets the type
    /// that is read and returns the JSON, changed or not. A field that changes its meaning or shape needs an upgrade;
    /// an added field needs none.
    /// </summary>
    private static readonly IReadOnlyList<Func<Type, JsonNode, JsonNode>> Upgrades = [];

    /// <summary>The number of characters per property.</summary>
    private const int MaxProperty = 32_000;

    /// <summary>Creates a row with the JSON of a value.</summary>
    public static TableEntity Create<T>(string partition, string key, T value, JsonTypeInfo<T> json)
    {
        var row = new TableEntity(partition, key) { [SchemaProperty] = CurrentSchema(Upgrades) };
        foreach (var (number, part) in JsonSerializer.Serialize(value, json).Chunk(MaxProperty).Index())
        {
            row[PropertyName(number)] = new string(part);
        }

        return row;
    }

    /// <summary>Reads the value of a row, upgrading older schemas.</summary>
    /// <exception cref="NewerRowException">A newer version of the program wrote the row.</exception>
    /// <exception cref="InvalidDataException">The row holds no data.</exception>
    public static T Read<T>(TableEntity row, JsonTypeInfo<T> json) => Read(row, json, Upgrades);

    /// <summary>
    /// As <see cref="Read{T}(TableEntity, JsonTypeInfo{T})"/> with other upgrades, for tests: there are none yet.
    /// </summary>
    internal static T Read<T>(
        TableEntity row,
        JsonTypeInfo<T> json,
        IReadOnlyList<Func<Type, JsonNode, JsonNode>> upgrades
    )
    {
        var (schema, current) = (row.GetInt32(SchemaProperty) ?? 1, CurrentSchema(upgrades));
        if (schema > current)
        {
            throw new NewerRowException(row.PartitionKey, row.RowKey, schema, current);
        }

        var value =
            schema == current
                ? JsonSerializer.Deserialize(DataOf(row), json)
                : upgrades
                    .Skip(schema - 1)
                    .Aggregate(JsonNode.Parse(DataOf(row))!, (data, upgrade) => upgrade(json.Type, data))
                    .Deserialize(json);
        return value ?? throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} holds no data.");
    }

    /// <summary>
    /// The schema that this version writes, and the newest that it reads: one more than there are upgrades.
    /// </summary>
    private static int CurrentSchema(IReadOnlyList<Func<Type, JsonNode, JsonNode>> upgrades) => upgrades.Count + 1;

    /// <summary>Returns true when the JSON of two rows is equal.</summary>
    public static bool DataEquals(TableEntity one, TableEntity other) => DataOf(one) == DataOf(other);

    private static string DataOf(TableEntity row) =>
        string.Concat(
            Enumerable
                .Range(0, int.MaxValue)
                .Select(number => row.GetString(PropertyName(number)))
                .TakeWhile(part => part is not null)
        );

    private static string PropertyName(int number) =>
        number == 0 ? "Data" : string.Create(CultureInfo.InvariantCulture, $"Data{number}");

    /// <summary>Reads one row with its ETag; null when it does not exist.</summary>
    public static async Task<Versioned<T>?> FindAsync<T>(
        TableClient table,
        string partition,
        string key,
        JsonTypeInfo<T> json,
        CancellationToken cancellationToken
    )
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            partition,
            key,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? new Versioned<T>(Read(found.Value!, json), found.Value!.ETag.ToString()) : null;
    }

    /// <summary>
    /// Adds a row when <paramref name="readVersion"/> is null, else replaces the version that was read. Returns false
    /// when another writer has added, changed or deleted the row meanwhile.
    /// </summary>
    public static async Task<bool> TryWriteAsync(
        TableClient table,
        TableEntity row,
        string? readVersion,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await (
                readVersion is null
                    ? table.AddEntityAsync(row, cancellationToken)
                    : table.UpdateEntityAsync(row, new ETag(readVersion), TableUpdateMode.Replace, cancellationToken)
            );
            return true;
        }
        catch (RequestFailedException problem) when (IsConflict(problem))
        {
            return false;
        }
    }

    /// <summary>
    /// Submits a transaction. Returns the new ETag of its first row, or null when another writer has changed one of the
    /// rows meanwhile: then nothing is written.
    /// </summary>
    public static async Task<string?> TrySubmitAsync(
        TableClient table,
        IEnumerable<TableTransactionAction> actions,
        CancellationToken cancellationToken
    ) =>
        await SubmitAsync(table, actions, cancellationToken) is [var first, ..]
            ? first.Headers.ETag?.ToString()
                ?? throw new InvalidDataException("Storage named no version of what it wrote.")
            : null;

    /// <summary>
    /// Submits a transaction. Returns false when another writer has changed one of the rows meanwhile: then nothing is
    /// written.
    /// </summary>
    public static async Task<bool> TryTransactionAsync(
        TableClient table,
        IEnumerable<TableTransactionAction> actions,
        CancellationToken cancellationToken
    ) => await SubmitAsync(table, actions, cancellationToken) is not null;

    private static async Task<IReadOnlyList<Response>?> SubmitAsync(
        TableClient table,
        IEnumerable<TableTransactionAction> actions,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await table.SubmitTransactionAsync(actions, cancellationToken)).Value;
        }
        catch (TableTransactionFailedException problem) when (IsConflict(problem))
        {
            return null;
        }
    }

    /// <summary>
    /// Returns true when another writer has added, changed or deleted a row. A missing table is not a conflict but a
    /// fault: no write could ever succeed.
    /// </summary>
    private static bool IsConflict(RequestFailedException problem) =>
        problem.Status is 409 or 412 || (problem.Status == 404 && problem.ErrorCode != TableErrorCode.TableNotFound);

    /// <summary>
    /// The action of a transaction that adds a row when <paramref name="readVersion"/> is null, else replaces the
    /// version that was read.
    /// </summary>
    public static TableTransactionAction Write(TableEntity row, string? readVersion) =>
        readVersion is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(readVersion));

    /// <summary>
    /// Reads a random key of 32 bytes. The first caller creates it; all instances then get the same one.
    /// </summary>
    public static async Task<byte[]> GetOrCreateKeyAsync(
        TableClient table,
        string partition,
        string key,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                partition,
                key,
                cancellationToken: cancellationToken
            );
            var row = found.HasValue
                ? found.Value!
                : new TableEntity(partition, key) { ["Key"] = RandomNumberGenerator.GetBytes(32) };
            if (found.HasValue || await TryWriteAsync(table, row, readVersion: null, cancellationToken))
            {
                return row.GetBinary("Key");
            }
        }
    }
}

/// <summary>A value read from storage, with the version for a conditional write.</summary>
/// <param name="Value">The value.</param>
/// <param name="Version">The ETag of the row.</param>
public sealed record Versioned<T>(T Value, string Version);

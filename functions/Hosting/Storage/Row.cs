using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>How stores keep a value in a table row: as JSON, with the version of its shape beside it.</summary>
/// <remarks>
/// A property holds 64 KiB of UTF-16, so long JSON goes on in a second one and further (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// Every type kept this way stays far below a row's 1 MiB by the limits of its own fields.
/// </remarks>
internal static class Row
{
    private const string SchemaProperty = "Schema";

    /// <summary>
    /// What turns a row's JSON of one schema into that of the next: the first one from 1 to 2, and so on. Each is given the type that is read, and
    /// answers the JSON, changed or not. Needed when a field changes its meaning or its shape; a field that is added needs none.
    /// </summary>
    private static readonly IReadOnlyList<Func<Type, JsonNode, JsonNode>> Upgrades = [];

    /// <summary>The most rows that storage answers with at once.</summary>
    private const int MaxPage = 1000;

    /// <summary>In characters.</summary>
    private const int MaxProperty = 32_000;

    public static TableEntity Create<T>(string partition, string key, T value, JsonTypeInfo<T> json)
    {
        var row = new TableEntity(partition, key) { [SchemaProperty] = Known(Upgrades) };
        foreach (var (number, part) in JsonSerializer.Serialize(value, json).Chunk(MaxProperty).Index())
        {
            row[NameOf(number)] = new string(part);
        }

        return row;
    }

    /// <exception cref="NewerRowException">A newer version of the program wrote the row.</exception>
    public static T Read<T>(TableEntity row, JsonTypeInfo<T> json) => Read(row, json, Upgrades);

    /// <summary>As <see cref="Read{T}(TableEntity, JsonTypeInfo{T})"/>, with other upgrades: for tests, while there are none.</summary>
    internal static T Read<T>(
        TableEntity row,
        JsonTypeInfo<T> json,
        IReadOnlyList<Func<Type, JsonNode, JsonNode>> upgrades
    )
    {
        var (schema, known) = (row.GetInt32(SchemaProperty) ?? 1, Known(upgrades));
        if (schema > known)
        {
            throw new NewerRowException(row.PartitionKey, row.RowKey, schema, known);
        }

        var value =
            schema == known
                ? JsonSerializer.Deserialize(DataOf(row), json)
                : upgrades
                    .Skip(schema - 1)
                    .Aggregate(JsonNode.Parse(DataOf(row))!, (data, upgrade) => upgrade(json.Type, data))
                    .Deserialize(json);
        return value ?? throw new InvalidDataException($"The row {row.PartitionKey}/{row.RowKey} holds no data.");
    }

    /// <summary>The schema that this version writes, and the newest that it reads.</summary>
    private static int Known(IReadOnlyList<Func<Type, JsonNode, JsonNode>> upgrades) => upgrades.Count + 1;

    /// <summary>Whether two rows hold the same value.</summary>
    public static bool AreSame(TableEntity one, TableEntity other) => DataOf(one) == DataOf(other);

    private static string DataOf(TableEntity row) =>
        string.Concat(
            Enumerable
                .Range(0, int.MaxValue)
                .Select(number => row.GetString(NameOf(number)))
                .TakeWhile(part => part is not null)
        );

    private static string NameOf(int number) =>
        number == 0 ? "Data" : string.Create(CultureInfo.InvariantCulture, $"Data{number}");

    /// <summary>Reads one row. Null when it is not there.</summary>
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

    /// <summary>Adds the row, or replaces the version that was read. False when another has come first.</summary>
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
        catch (RequestFailedException problem) when (IsAnothers(problem))
        {
            return false;
        }
    }

    /// <summary>Does all of it and answers the first row's new version or, when another has changed one of the rows meanwhile, does nothing and answers null.</summary>
    public static async Task<string?> TrySubmitAsync(
        TableClient table,
        IEnumerable<TableTransactionAction> actions,
        CancellationToken cancellationToken
    ) =>
        await SubmitAsync(table, actions, cancellationToken) is [var first, ..]
            ? first.Headers.ETag?.ToString()
                ?? throw new InvalidDataException("Storage named no version of what it wrote.")
            : null;

    /// <summary>Does all of it. False when another has changed one of the rows meanwhile: then nothing is done.</summary>
    public static async Task<bool> TryAllAsync(
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
        catch (TableTransactionFailedException problem) when (IsAnothers(problem))
        {
            return null;
        }
    }

    /// <summary>The row is there already, has changed, or is gone. A table that is not there is a fault: nobody could ever write.</summary>
    private static bool IsAnothers(RequestFailedException problem) =>
        problem.Status is 409 or 412 || (problem.Status == 404 && problem.ErrorCode != TableErrorCode.TableNotFound);

    /// <summary>Adds the row in a batch, or replaces the version that was read.</summary>
    public static TableTransactionAction Write(TableEntity row, string? readVersion) =>
        readVersion is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(readVersion));

    /// <summary>32 random bytes that are made by who first asks for them, and are the same for all then.</summary>
    public static async Task<byte[]> SecretAsync(
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

    /// <summary>The rows of a partition whose keys lie between two, by key.</summary>
    /// <param name="table">Where.</param>
    /// <param name="partition">Its key.</param>
    /// <param name="from">The first key.</param>
    /// <param name="before">The first key that is too far.</param>
    /// <param name="most">So many will be read, about.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static IAsyncEnumerable<TableEntity> RangeAsync(
        TableClient table,
        string partition,
        string from,
        string before,
        int most,
        CancellationToken cancellationToken
    ) =>
        table.QueryAsync<TableEntity>(
            Between(partition, from, before),
            maxPerPage: Math.Clamp(most, 1, MaxPage),
            cancellationToken: cancellationToken
        );

    /// <summary>The keys alone of what <see cref="RangeAsync"/> reads.</summary>
    public static IAsyncEnumerable<string> KeysAsync(
        TableClient table,
        string partition,
        string from,
        string before,
        CancellationToken cancellationToken
    ) =>
        table
            .QueryAsync<TableEntity>(
                Between(partition, from, before),
                maxPerPage: MaxPage,
                select: ["RowKey"],
                cancellationToken: cancellationToken
            )
            .Select(row => row.RowKey);

    private static string Between(string partition, string from, string before) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}");

    /// <summary>A point in time as a key part that sorts oldest first.</summary>
    public static string OldestFirst(DateTimeOffset time) =>
        time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A point in time as a key part that sorts newest first.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The point in time of such a key part.</summary>
    public static DateTimeOffset TimeOfNewestFirst(string part) =>
        new(DateTimeOffset.MaxValue.UtcTicks - long.Parse(part, CultureInfo.InvariantCulture), TimeSpan.Zero);
}

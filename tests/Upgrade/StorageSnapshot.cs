using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>Saves the content of a storage account to a folder, and loads it into an empty account.</summary>
/// <remarks>
/// <c>tables/{table}.jsonl</c> has one row per line, ordered by key; <c>queues/{queue}.jsonl</c> one message body per
/// line, as stored in the queue; <c>blobs.jsonl</c> one blob per line with its headers and metadata, and
/// <c>blobs/{container}/{name}</c> its bytes. Values that storage assigns (ETags, timestamps, message ids) are not
/// saved. Empty tables, containers and queues are.
/// </remarks>
internal static class StorageSnapshot
{
    private const string BlobIndex = "blobs.jsonl";

    private static readonly JsonSerializerOptions UnescapedJson = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Saves an account. Replaces the folder.</summary>
    public static async Task SaveAsync(string connection, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await foreach (var table in new TableServiceClient(connection).QueryAsync())
        {
            var rows = await new TableClient(connection, table.Name).QueryAsync<TableEntity>().ToListAsync();
            await WriteAsync(
                Path.Combine(folder, "tables", $"{table.Name}.jsonl"),
                rows.OrderBy(row => row.PartitionKey, StringComparer.Ordinal)
                    .ThenBy(row => row.RowKey, StringComparer.Ordinal)
                    .Select(SnapshotRows.ToJson)
            );
        }

        await foreach (var queue in new QueueServiceClient(connection).GetQueuesAsync())
        {
            var messages = (await new QueueClient(connection, queue.Name).PeekMessagesAsync(maxMessages: 32)).Value;
            await WriteAsync(
                Path.Combine(folder, "queues", $"{queue.Name}.jsonl"),
                messages.Select(message => new JsonObject { ["Body"] = message.Body.ToString() })
            );
        }

        await SaveBlobsAsync(new BlobServiceClient(connection), folder);
    }

    /// <summary>Loads a folder into an empty account.</summary>
    public static async Task LoadAsync(string folder, string connection)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "tables")))
        {
            var table = new TableClient(connection, Path.GetFileNameWithoutExtension(file));
            await table.CreateIfNotExistsAsync();
            var rows = (await ReadAsync(file)).Select(SnapshotRows.FromJson);
            foreach (var batch in rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100)))
            {
                await table.SubmitTransactionAsync(
                    batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))
                );
            }
        }

        foreach (var file in Directory.GetFiles(Path.Combine(folder, "queues")))
        {
            var queue = new QueueClient(connection, Path.GetFileNameWithoutExtension(file));
            await queue.CreateIfNotExistsAsync();
            foreach (var message in await ReadAsync(file))
            {
                await queue.SendMessageAsync(ReadString(message, "Body"));
            }
        }

        await LoadBlobsAsync(folder, new BlobServiceClient(connection));
    }

    private static async Task SaveBlobsAsync(BlobServiceClient service, string folder)
    {
        var index = new List<JsonObject>();
        await foreach (var container in service.GetBlobContainersAsync())
        {
            index.Add(new JsonObject { ["Container"] = container.Name });
            await foreach (var blob in service.GetBlobContainerClient(container.Name).GetBlobsAsync())
            {
                var content = (
                    await service.GetBlobContainerClient(container.Name).GetBlobClient(blob.Name).DownloadContentAsync()
                ).Value;
                var file = BlobFile(folder, container.Name, blob.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, content.Content.ToArray());
                var details = content.Details;
                index.Add(
                    new JsonObject
                    {
                        ["Container"] = container.Name,
                        ["Name"] = blob.Name,
                        ["ContentType"] = details.ContentType,
                        ["CacheControl"] = details.CacheControl,
                        ["ContentEncoding"] = details.ContentEncoding,
                        ["ContentLanguage"] = details.ContentLanguage,
                        ["ContentDisposition"] = details.ContentDisposition,
                        ["Metadata"] = new JsonObject(
                            details
                                .Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                                .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))
                        ),
                    }
                );
            }
        }

        await WriteAsync(Path.Combine(folder, BlobIndex), index);
    }

    private static async Task LoadBlobsAsync(string folder, BlobServiceClient service)
    {
        foreach (var entry in await ReadAsync(Path.Combine(folder, BlobIndex)))
        {
            var container = service.GetBlobContainerClient(ReadString(entry, "Container")!);
            if (ReadString(entry, "Name") is not { } name)
            {
                await container.CreateIfNotExistsAsync();
                continue;
            }

            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders
                {
                    ContentType = ReadString(entry, "ContentType"),
                    CacheControl = ReadString(entry, "CacheControl"),
                    ContentEncoding = ReadString(entry, "ContentEncoding"),
                    ContentLanguage = ReadString(entry, "ContentLanguage"),
                    ContentDisposition = ReadString(entry, "ContentDisposition"),
                },
                Metadata = entry["Metadata"]!
                    .AsObject()
                    .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()),
            };
            var bytes = await File.ReadAllBytesAsync(BlobFile(folder, container.Name, name));
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), options);
        }
    }

    private static string BlobFile(string folder, string container, string blob) =>
        Path.Combine([folder, "blobs", container, .. blob.Split('/')]);

    private static string? ReadString(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static async Task<IReadOnlyList<JsonObject>> ReadAsync(string file) =>
        [.. (await File.ReadAllLinesAsync(file)).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static Task WriteAsync(string file, IEnumerable<JsonObject> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.WriteAllTextAsync(
            file,
            string.Concat(lines.Select(line => line.ToJsonString(UnescapedJson) + "\n"))
        );
    }
}

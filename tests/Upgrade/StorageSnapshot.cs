using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>Copies all that a storage account holds into a folder, and back into an empty account.</summary>
/// <remarks>
/// <c>tables/{table}.jsonl</c> has a row a line, sorted by key; <c>queues/{queue}.jsonl</c> the body of a message a line, as it lies in the queue;
/// <c>blobs.jsonl</c> a blob a line with its headers and metadata, and <c>blobs/{container}/{name}</c> its bytes. What storage makes itself (ETags,
/// times, message ids) is not kept. Tables, containers and queues that are empty are there, too.
/// </remarks>
internal static class StorageSnapshot
{
    private const string BlobIndex = "blobs.jsonl";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the folder anew.</summary>
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

    /// <summary>Fills an empty account with what the folder holds.</summary>
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
                await queue.SendMessageAsync(Text(message, "Body"));
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
                var file = FileOf(folder, container.Name, blob.Name);
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
            var container = service.GetBlobContainerClient(Text(entry, "Container")!);
            if (Text(entry, "Name") is not { } name)
            {
                await container.CreateIfNotExistsAsync();
                continue;
            }

            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders
                {
                    ContentType = Text(entry, "ContentType"),
                    CacheControl = Text(entry, "CacheControl"),
                    ContentEncoding = Text(entry, "ContentEncoding"),
                    ContentLanguage = Text(entry, "ContentLanguage"),
                    ContentDisposition = Text(entry, "ContentDisposition"),
                },
                Metadata = entry["Metadata"]!
                    .AsObject()
                    .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()),
            };
            var bytes = await File.ReadAllBytesAsync(FileOf(folder, container.Name, name));
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), options);
        }
    }

    private static string FileOf(string folder, string container, string blob) =>
        Path.Combine([folder, "blobs", container, .. blob.Split('/')]);

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static async Task<IReadOnlyList<JsonObject>> ReadAsync(string file) =>
        [.. (await File.ReadAllLinesAsync(file)).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static Task WriteAsync(string file, IEnumerable<JsonObject> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.WriteAllTextAsync(file, string.Concat(lines.Select(line => line.ToJsonString(Plain) + "\n")));
    }
}

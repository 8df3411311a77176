using System.Text.Json.Nodes;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// An event about a blob in one of the author's containers: the parts of Event Grid's that the blog reads (schema:
/// https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage).
/// </summary>
/// <param name="Name">The container, a slash, and the name of the blob.</param>
/// <param name="Version">The ETag of the blob without quotes; null when it was deleted.</param>
internal sealed record UploadEvent(string Name, string? Version)
{
    private const string SubjectStart = "/blobServices/default/containers/";
    private const string BlobsSegment = "/blobs/";

    /// <summary>Creates the event about a blob that was written or, without an ETag, deleted.</summary>
    public static UploadEvent Create(string container, string blob, string? etag) =>
        new($"{container}/{blob}", Unquoted(etag));

    /// <summary>Removes the quotes, which an ETag has in a header and not in a list of blobs.</summary>
    public static string? Unquoted(string? etag) => etag?.Trim('"');

    /// <summary>Parses a message of the queue of uploads; null when it is not an event with an ETag.</summary>
    public static UploadEvent? TryParse(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            var (subject, data) = (
                json.RootElement.GetProperty("subject").GetString()![SubjectStart.Length..],
                json.RootElement.GetProperty("data").GetProperty("eTag").GetString()
            );
            var container = subject[..subject.IndexOf(BlobsSegment, StringComparison.Ordinal)];
            return new($"{container}/{subject[(container.Length + BlobsSegment.Length)..]}", data);
        }
        catch (Exception problem)
            when (problem
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or ArgumentOutOfRangeException
                        or NullReferenceException
            )
        {
            return null;
        }
    }

    /// <summary>Sends the event to the queue of uploads.</summary>
    public Task SendAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var slash = Name.IndexOf('/', StringComparison.Ordinal);
        var message = new JsonObject
        {
            ["eventType"] = Version is null ? "Microsoft.Storage.BlobDeleted" : "Microsoft.Storage.BlobCreated",
            ["subject"] = SubjectStart + Name[..slash] + BlobsSegment + Name[(slash + 1)..],
            ["data"] = new JsonObject { ["eTag"] = Version },
        };
        return storage.Queue(StorageNames.UploadQueue).SendMessageAsync(message.ToJsonString(), cancellationToken);
    }
}

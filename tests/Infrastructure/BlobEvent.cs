using System.Text.Json.Nodes;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Builds Event Grid events for blobs in the Event Grid schema, with only the properties that the blog reads. Complete
/// events are in tests/data/events.
/// </summary>
internal static class BlobEvent
{
    public const string Created = "Microsoft.Storage.BlobCreated";

    public const string Deleted = "Microsoft.Storage.BlobDeleted";

    private const string Id = "00000000-0000-0000-0000-000000000001";

    /// <summary>Builds the event as JSON.</summary>
    public static string Create(string container, string blob, string type = Created, string id = Id) =>
        new JsonObject
        {
            ["subject"] = $"/blobServices/default/containers/{container}/blobs/{blob}",
            ["eventType"] = type,
            ["eventTime"] = "2026-01-02T03:04:05Z",
            ["id"] = id,
            ["dataVersion"] = "",
            ["metadataVersion"] = "1",
        }.ToJsonString();
}

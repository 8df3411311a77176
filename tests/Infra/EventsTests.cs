using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infra;

/// <summary>The Event Grid subscription delivers the events that the code reads.</summary>
public sealed class EventsTests
{
    [Fact]
    public async Task Uploads_and_deletions_of_posts_and_media_go_to_the_queue_that_the_code_reads()
    {
        var uploads = await UploadsAsync();
        var destination = uploads["deliveryWithResourceIdentity"]!["destination"]!;

        Assert.Equal("StorageQueue", (string)destination["endpointType"]!);
        Assert.Equal(StorageNames.UploadQueue, (string)destination["properties"]!["queueName"]!);
        Assert.Equal(-1, (int)destination["properties"]!["queueMessageTimeToLiveInSeconds"]!);
        Assert.Contains(
            "/storageAccounts/stblog",
            (string)destination["properties"]!["resourceId"]!,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["Microsoft.Storage.BlobCreated", "Microsoft.Storage.BlobDeleted"],
            Texts(uploads["filter"]!["includedEventTypes"]!)
        );
        Assert.Equal(
            [
                $"/blobServices/default/containers/{StorageNames.Posts}/blobs/",
                $"/blobServices/default/containers/{StorageNames.Media}/blobs/",
            ],
            Texts(uploads["filter"]!["advancedFilters"]!.AsArray().Single()!["values"]!)
        );
        Assert.Equal("EventGridSchema", (string)uploads["eventDeliverySchema"]!);
    }

    [Fact]
    public async Task Undeliverable_events_are_kept()
    {
        var kept = (await UploadsAsync())["deadLetterWithResourceIdentity"]!["deadLetterDestination"]!["properties"]!;

        Assert.Equal("undelivered-events", (string)kept["blobContainerName"]!);
        Assert.Contains("/storageAccounts/sthost", (string)kept["resourceId"]!, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> UploadsAsync() =>
        (await Bicep.PlainAsync()).ResourcesOfType("Microsoft.EventGrid/systemTopics/eventSubscriptions").Single()[
            "properties"
        ]!;

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(text => (string)text!);
}

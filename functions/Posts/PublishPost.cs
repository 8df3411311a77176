using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>A blob of the container <c>posts</c> was written or deleted: brings the blog to what the blob is now.</summary>
public sealed class PublishPost(Publisher publisher)
{
    private const string SubjectPrefix = $"/blobServices/default/containers/{StorageNames.Posts}/blobs/";

    /// <param name="message">An Event Grid or CloudEvents event. Only its subject counts: what lies in the container now decides.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="InvalidDataException">Not such an event.</exception>
    [Function(nameof(PublishPost))]
    public Task RunAsync([QueueTrigger(StorageNames.UploadQueue, Connection = StorageNames.Connection)] string message, CancellationToken cancellationToken) =>
        publisher.PublishAsync(BlobOf(message), cancellationToken);

    private static string BlobOf(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.GetProperty("subject").GetString() is { } subject && subject.StartsWith(SubjectPrefix, StringComparison.Ordinal)
                ? subject[SubjectPrefix.Length..]
                : throw new InvalidDataException($"The event is not about a blob in {StorageNames.Posts}.");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("The message is not a blob event.", problem);
        }
    }
}

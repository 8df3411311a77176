using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Media;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>A blob of the author's was written or deleted: brings the blog to what the blob is now.</summary>
public sealed class PublishPost(Publisher posts, MediaPublisher media)
{
    /// <param name="message">An Event Grid or CloudEvents 1.0 event. Only its subject counts: what lies in the container now decides.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="InvalidDataException">Not such an event.</exception>
    [Function(nameof(PublishPost))]
    public Task RunAsync(
        [QueueTrigger(StorageNames.UploadQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        var (container, name) = BlobIn(SubjectOf(message))
            ?? throw new InvalidDataException(
                $"The event is not about a blob in {StorageNames.Posts} or {StorageNames.Media}."
            );
        return MediaPath.TryOfBlob(container, name, out var path)
            ? media.PublishAsync(path, cancellationToken)
            : posts.PublishAsync(name, cancellationToken);
    }

    private static string? SubjectOf(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement.GetProperty("subject").GetString();
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("The message is not a blob event.", problem);
        }
    }

    /// <summary>The container and the name of a blob of the author's; null when the subject is something else.</summary>
    /// <remarks>
    /// With a leading slash in https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage, without one in
    /// https://learn.microsoft.com/azure/event-grid/cloud-event-schema.
    /// </remarks>
    private static (string Container, string Name)? BlobIn(string? subject) =>
        (subject is ['/', ..] ? subject[1..] : subject)?.Split('/', 6) switch
        {
            [
                "blobServices",
                "default",
                "containers",
                (StorageNames.Posts or StorageNames.Media)
                and var container,
                "blobs",
                { Length: > 0 } name,
            ] => (container, name),
            _ => null,
        };
}

using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>A blob of the container <c>posts</c> was written or deleted: brings the blog to what the blob is now.</summary>
/// <remarks>Events of the container <c>media</c> come too, and need nothing: what lies there is read when it is asked for.</remarks>
public sealed partial class PublishPost(Publisher publisher, ILogger<PublishPost> logger)
{
    /// <param name="message">An Event Grid or CloudEvents 1.0 event. Only its subject counts: what lies in the container now decides.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="InvalidDataException">Not such an event.</exception>
    [Function(nameof(PublishPost))]
    public async Task RunAsync([QueueTrigger(StorageNames.UploadQueue, Connection = StorageNames.Connection)] string message, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(message);
        if (BlobIn(StorageNames.Media, subject) is { } media)
        {
            LogMedia(media);
            return;
        }

        var name = BlobIn(StorageNames.Posts, subject)
            ?? throw new InvalidDataException($"The event is not about a blob in {StorageNames.Posts} or {StorageNames.Media}.");
        await publisher.PublishAsync(name, cancellationToken);
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

    /// <summary>The name of a blob in this container; null when the subject is something else.</summary>
    /// <remarks>
    /// With a leading slash in https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage, without one in
    /// https://learn.microsoft.com/azure/event-grid/cloud-event-schema.
    /// </remarks>
    private static string? BlobIn(string container, string? subject)
    {
        var prefix = $"/blobServices/default/containers/{container}/blobs/";
        var full = subject is ['/', ..] ? subject : $"/{subject}";
        return full.StartsWith(prefix, StringComparison.Ordinal) ? full[prefix.Length..] : null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Media} has changed among the media: nothing to do.")]
    private partial void LogMedia(string media);
}

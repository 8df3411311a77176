using ServerlessBlog.Media;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Queue trigger for the author's blobs: publishes or withdraws a post or media file according to the blob's present
/// state. Also for the dates of posts, whose messages become visible when they come, and for changed posts, of
/// which others are told a few seconds later (<see cref="IPostChangeHandler"/>).
/// </summary>
public sealed class PublishPost(
    Publisher posts,
    DuePosts due,
    MediaPublisher media,
    UnusableNames unusable,
    IEnumerable<IPostChangeHandler> handlers,
    IEnumerable<IUploadReportHandler> reportHandlers
)
{
    /// <param name="message">
    /// An Event Grid or CloudEvents 1.0 event. Only its subject is read; the blob's present state decides what happens.
    /// Or a <see cref="DueMessage"/> or a <see cref="PostChangedMessage"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the execution; the message is delivered again.</param>
    /// <exception cref="InvalidDataException">The message is not a blob event of the author's containers.</exception>
    [Function(nameof(PublishPost))]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.UploadQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        var content = Read(message);
        if (content.Date is { } date)
        {
            await due.ApplyAsync(date, cancellationToken);
        }
        else if (content.Change is { } change)
        {
            foreach (var handler in handlers)
            {
                await handler.HandleAsync(change, cancellationToken);
            }
        }
        else
        {
            await PublishAsync(content.Subject, cancellationToken);
        }
    }

    private Task PublishAsync(string? subject, CancellationToken cancellationToken)
    {
        var (container, name) = ParseSubject(subject)
            ?? throw new InvalidDataException(
                $"The event is not about a blob in {StorageNames.Posts} or {StorageNames.Media}."
            );
        return !BlobNames.IsUsable(name) ? unusable.ReportAsync(container, name, cancellationToken)
            : MediaPath.TryFromBlob(container, name, out var path) ? media.PublishAsync(path, cancellationToken)
            : PublishPostAsync(name, cancellationToken);
    }

    private async Task PublishPostAsync(string name, CancellationToken cancellationToken)
    {
        var report = await posts.PublishAsync(name, cancellationToken);
        foreach (var handler in reportHandlers)
        {
            await handler.HandleAsync(report, cancellationToken);
        }
    }

    private static (string? Subject, DueMessage? Date, PostChangedMessage? Change) Read(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return (
                json.RootElement.GetProperty("subject").GetString(),
                DueMessage.TryRead(json.RootElement),
                PostChangedMessage.TryRead(json.RootElement)
            );
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("The message is not a blob event.", problem);
        }
    }

    /// <summary>Parses the subject into container and blob name; null when it names no blob of the author's.</summary>
    /// <remarks>
    /// The subject has a leading slash in https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage and
    /// none in https://learn.microsoft.com/azure/event-grid/cloud-event-schema.
    /// </remarks>
    private static (string Container, string Name)? ParseSubject(string? subject) =>
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

using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>Gives a post's page a fresh revision some time after a request has changed it: once more than needed rather than never.</summary>
public sealed class RaisePage(RevisionRaiser revisions)
{
    /// <param name="message">The post's id.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="InvalidDataException">Not an id.</exception>
    [Function(nameof(RaisePage))]
    public Task RunAsync(
        [QueueTrigger(StorageNames.RaiseQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    ) =>
        PostId.TryParse(message, out var post)
            ? revisions.RaiseAsync(post, cancellationToken)
            : throw new InvalidDataException("The message is not a post's id.");
}

namespace ServerlessBlog.Posts.Publishing;

/// <summary>
/// Queue trigger: raises the revision of a post's page 10 s after a request that changes it began. Raises even if the
/// request did so itself, because it may have crashed before.
/// </summary>
public sealed class RaisePage(RevisionRaiser revisions)
{
    /// <param name="message">The post's id.</param>
    /// <param name="cancellationToken">Cancels the execution; the message is delivered again.</param>
    /// <exception cref="InvalidDataException">The message is not a post id.</exception>
    [Function(nameof(RaisePage))]
    public Task RunAsync(
        [QueueTrigger(StorageNames.RaiseQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    ) =>
        PostId.TryParse(message, out var post)
            ? revisions.RaiseAsync(post, cancellationToken)
            : throw new InvalidDataException("The message is not a post's id.");
}

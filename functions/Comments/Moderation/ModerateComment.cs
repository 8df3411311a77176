namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Queue function: judges a comment by the rules. It is approved, held (and the authors are notified, in the same
/// execution), or marked as spam. Also checks on the waiting comments of a post, half a minute after they came.
/// </summary>
public sealed partial class ModerateComment(
    CommentModeration moderation,
    LostComments lost,
    ILogger<ModerateComment> logger
)
{
    /// <param name="message">The comment's key, or that of a check: see <see cref="CommentKey"/>.</param>
    /// <param name="cancellationToken">Stops the work; the message is delivered again.</param>
    /// <exception cref="InvalidDataException">The message is not a key; it ends in the poison queue.</exception>
    [Function(nameof(ModerateComment))]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.ModerationQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        if (!CommentKey.TryParse(message, out var key))
        {
            throw new InvalidDataException("The message is not a comment's key.");
        }

        if (key.IsCheck)
        {
            await lost.CheckAsync(key.Post, cancellationToken);
        }
        else if (await moderation.JudgeAsync(key, cancellationToken) is null)
        {
            LogMissing(key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The comment {Key} was announced but is not there.")]
    private partial void LogMissing(CommentKey key);
}

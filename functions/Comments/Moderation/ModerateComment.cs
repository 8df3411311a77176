using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Judges a comment by the rules: it is shown, or held and the authors are told, or spam.</summary>
public sealed partial class ModerateComment(CommentModeration moderation, ILogger<ModerateComment> logger)
{
    /// <param name="message">The comment's key.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="InvalidDataException">Not a key.</exception>
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

        if (await moderation.JudgeAsync(key, cancellationToken) is null)
        {
            LogMissing(key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The comment {Key} was announced but is not there.")]
    private partial void LogMissing(CommentKey key);
}

using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Tells every <see cref="IJudgedCommentHandler"/> of the comments that were approved or held.</summary>
public sealed class JudgedComments(
    IEnumerable<IJudgedCommentHandler> handlers,
    CommentTable comments,
    NotificationQueueClient queue
) : INotificationSource
{
    private const string MessagePrefix = "approved:";

    /// <summary>Tells of a comment now. Idempotent.</summary>
    public async Task HandleAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (comment.State is CommentState.Approved or CommentState.Held)
        {
            foreach (var handler in handlers.Where(handler => handler.IsInterestedIn(comment)))
            {
                await handler.HandleAsync(comment, cancellationToken);
            }
        }
    }

    /// <summary>Has a queue function tell of a comment soon, for a moderator who waits for the response.</summary>
    public async Task QueueAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (handlers.Any(handler => handler.IsInterestedIn(comment)))
        {
            await queue.SendAsync($"{MessagePrefix}{comment.Key}", delay: null, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryHandleAsync(string message, CancellationToken cancellationToken)
    {
        if (
            !message.StartsWith(MessagePrefix, StringComparison.Ordinal)
            || !CommentKey.TryParse(message[MessagePrefix.Length..], out var key)
        )
        {
            return false;
        }

        if (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: var comment })
        {
            await HandleAsync(comment, cancellationToken);
        }

        return true;
    }
}

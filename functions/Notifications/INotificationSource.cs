namespace ServerlessBlog.Notifications;

/// <summary>
/// Adds notifications when a message of its own arrives in the queue of notifications: several for one event, which are
/// not known when the message is sent.
/// </summary>
public interface INotificationSource
{
    /// <summary>
    /// Handles a message. Returns false when it is none of its own. Idempotent: messages may come twice, or late.
    /// </summary>
    Task<bool> TryHandleAsync(string message, CancellationToken cancellationToken);
}

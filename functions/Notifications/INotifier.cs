namespace ServerlessBlog.Notifications;

/// <summary>Delivers notifications to people. Created by <see cref="NotifierFactory"/>.</summary>
public interface INotifier
{
    /// <summary>Sends a notification, or gives up after 30 s.</summary>
    /// <exception cref="NotifierException">The notification was not sent: try again later.</exception>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);
}

/// <summary>A notification could not be sent. The message says why; it may be logged and holds no secret.</summary>
#pragma warning disable CA1032 // The standard constructors are omitted: every instance has a message.
public sealed class NotifierException(string problem, Exception? inner = null) : Exception(problem, inner);
#pragma warning restore CA1032

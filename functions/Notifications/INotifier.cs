namespace ServerlessBlog.Notifications;

/// <summary>Tells people. Made by <see cref="NotifierFactory"/>.</summary>
public interface INotifier
{
    /// <summary>Tells them, or gives up within 30 s.</summary>
    /// <exception cref="NotifierException">They were not told: try again later.</exception>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);
}

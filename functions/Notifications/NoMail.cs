namespace ServerlessBlog.Notifications;

/// <summary>
/// The notifier when neither mail server nor mail folder is configured. Every attempt fails with a message that says
/// what to set, and notifications wait.
/// </summary>
internal sealed class NoMail : INotifier
{
    /// <inheritdoc/>
    public Task SendAsync(Notification notification, CancellationToken cancellationToken) =>
        throw new NotifierException("No mail server is set: set Blog__Smtp.");
}

namespace ServerlessBlog.Notifications;

/// <summary>Stands where no mail server is set: notices wait, and say what to do.</summary>
internal sealed class NoMail : INotifier
{
    /// <inheritdoc/>
    public Task SendAsync(Notification notification, CancellationToken cancellationToken) =>
        throw new NotifierException("No mail server is set: set Blog__Smtp.");
}

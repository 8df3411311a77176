namespace ServerlessBlog.Notifications;

/// <summary>Stands where no mail server is set: notices wait, and say what to do.</summary>
internal sealed class NoMail : INotifier
{
    /// <inheritdoc/>
    public Task SendAsync(Notice notice, CancellationToken cancellationToken) =>
        throw new NotifierException("No mail server is set: set Blog__Smtp.");
}

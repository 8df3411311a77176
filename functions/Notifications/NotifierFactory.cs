namespace ServerlessBlog.Notifications;

/// <summary>Chooses the notifier that the settings ask for.</summary>
public static class NotifierFactory
{
    /// <summary>
    /// Returns a <see cref="MailNotifier"/> when a mail server is set, else a <see cref="MailFolder"/> when a mail
    /// folder is set, else <see cref="NoMail"/>.
    /// </summary>
    /// <remarks>Makes no network call. The result is thread-safe.</remarks>
    public static INotifier For(BlogSettings settings, TimeProvider clock, ILoggerFactory loggers) =>
        settings switch
        {
            { Smtp: { } server } => new MailNotifier(settings, server, clock, loggers.CreateLogger<MailNotifier>()),
            { MailFolder: { } folder } => new MailFolder(settings, folder),
            _ => new NoMail(),
        };
}

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

using ServerlessBlog.Settings;

namespace ServerlessBlog.Notifications;

/// <summary>Chooses how people are told.</summary>
public static class NotifierFactory
{
    /// <summary>By the mail server when one is set; else into the mail folder when one is set; else every notice waits and says so.</summary>
    /// <remarks>Makes no call. The answer may be used by any number of threads.</remarks>
    public static INotifier For(BlogSettings settings, TimeProvider clock, ILoggerFactory loggers) =>
        settings switch
        {
            { Smtp: { } server } => new MailNotifier(settings, server, clock, loggers.CreateLogger<MailNotifier>()),
            { MailFolder: { } folder } => new MailFolder(settings, folder),
            _ => new NoMail(),
        };
}

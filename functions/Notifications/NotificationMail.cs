using System.Text;
using MimeKit;
using MimeKit.Text;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Notifications;

/// <summary>Writes a notice as a mail. The same notice is the same mail, byte for byte.</summary>
internal sealed class NotificationMail(BlogSettings settings)
{
    private const int MaxNameLength = 100;

    /// <exception cref="NotifierException">One of the addresses is none.</exception>
    public MimeMessage Write(Notification notification)
    {
        var mail = new MimeMessage();
        try
        {
            mail.From.Add(
                Mailbox(settings.Title, settings.Authors.Count > 0 ? settings.Authors[0].Mail : $"noreply@{Host}")
            );
            mail.To.AddRange(notification.To.Select(person => Mailbox(person.Name, person.Mail)));
        }
        catch (ParseException)
        {
            throw new NotifierException("The notice has an address that is none.");
        }

        mail.MessageId = $"{notification.Id}@{Host}";
        mail.Date = notification.Created;
        mail.Subject = notification.Subject;
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers it
        var text = new TextPart(TextFormat.Plain);
        text.SetText(Encoding.UTF8, notification.Text);
        mail.Body = text;
        mail.Prepare(EncodingConstraint.SevenBit);
        return mail;
    }

    /// <summary>The blog's host: an IPv6 address in its brackets.</summary>
    private string Host =>
        new Uri(settings.BaseUrl) is var address && address.HostNameType == UriHostNameType.IPv6
            ? address.Host
            : address.IdnHost;

    /// <exception cref="ParseException">The address is none: it must be one line and name a host.</exception>
    private static MailboxAddress Mailbox(string name, string mail) =>
        mail.Contains('@', StringComparison.Ordinal) && !mail.Any(char.IsControl)
            ? new MailboxAddress(Encoding.UTF8, PlainText.OneLine(name, MaxNameLength), mail)
            : throw new ParseException("Not an address.", 0, 0);
}

using MimeKit;
using MimeKit.Text;

namespace ServerlessBlog.Notifications;

/// <summary>
/// Converts notifications into mails. The same notification gives the same mail, byte for byte, with the same
/// Message-ID.
/// </summary>
internal sealed class NotificationMail(BlogSettings settings)
{
    private const int MaxNameLength = 100;

    /// <summary>Creates the mail of a notification, in 7-bit encoding.</summary>
    /// <exception cref="NotifierException">A recipient's or the sender's mail address is invalid.</exception>
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
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: vacation responders must not reply
        var text = new TextPart(TextFormat.Plain);
        text.SetText(Encoding.UTF8, notification.Text);
        mail.Body = text;
        mail.Prepare(EncodingConstraint.SevenBit);
        return mail;
    }

    /// <summary>The blog's host name; an IPv6 address is in brackets.</summary>
    private string Host =>
        new Uri(settings.BaseUrl) is var address && address.HostNameType == UriHostNameType.IPv6
            ? address.Host
            : address.IdnHost;

    /// <exception cref="ParseException">The address is invalid: it must be one line with an @.</exception>
    private static MailboxAddress Mailbox(string name, string mail) =>
        mail.Contains('@', StringComparison.Ordinal) && !mail.Any(char.IsControl)
            ? new MailboxAddress(Encoding.UTF8, PlainText.OneLine(name, MaxNameLength), mail)
            : throw new ParseException("Not an address.", 0, 0);
}

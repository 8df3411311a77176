using MimeKit;
using MimeKit.Text;

namespace ServerlessBlog.Notifications;

/// <summary>
/// Converts notifications into mails with a plain text part and an HTML part. The same notification gives the same
/// mail, byte for byte, with the same Message-ID.
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
            throw new NotifierException("The notice has an address that is none.")
            {
                Refusal = mail.From.Count == 0 ? Refusal.None : Refusal.Permanent,
            };
        }

        mail.MessageId = $"{notification.Id}@{Host}";
        mail.Date = notification.Created;
        mail.Subject = notification.Subject;
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: vacation responders must not reply
        if (notification.Thread is { } thread)
        {
            mail.InReplyTo = $"{thread}@{Host}";
            mail.References.Add($"{thread}@{Host}");
        }

        if (notification.Unsubscribe is { } address)
        {
            mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{address}>");
            mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click"); // RFC 8058
        }

        mail.Body = CreateBody(notification);
        mail.Prepare(EncodingConstraint.SevenBit);
        return mail;
    }

    private MimeEntity CreateBody(Notification notification) =>
        new MultipartAlternative(
            CreatePart(TextFormat.Plain, notification.Text),
            CreatePart(TextFormat.Html, notification.Html ?? MailHtml.Create(notification.Text, settings.BaseUrl))
        )
        {
            // Not random, so that the same notification is the same mail; at most 70 characters (RFC 2046, 5.1.1).
            Boundary = $"=_{ShortHash.Hash(notification.Id)}",
        };

    private static TextPart CreatePart(TextFormat format, string text)
    {
        var part = new TextPart(format);
        part.SetText(Encoding.UTF8, text);
        return part;
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

using MimeKit;

namespace ServerlessBlog.Settings;

/// <summary>A person with a name and a mail address.</summary>
/// <param name="Name">The name, never empty: the part before the @ when none was given.</param>
/// <param name="Mail">The mail address without the name.</param>
public sealed record Person(string Name, string Mail)
{
    /// <summary>
    /// Parses "Name &lt;mail&gt;" or "mail". Returns false when the text has no mail address; never throws.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Person? person)
    {
        person =
            MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.IndexOf('@', StringComparison.Ordinal) > 0
                ? new Person(
                    string.IsNullOrWhiteSpace(mailbox.Name) ? mailbox.LocalPart : mailbox.Name.Trim(),
                    mailbox.Address
                )
                : null;
        return person is not null;
    }
}

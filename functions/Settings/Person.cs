using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace ServerlessBlog.Settings;

/// <summary>A name and a mail address.</summary>
/// <param name="Name">Never empty; the address's first part when no name was given.</param>
/// <param name="Mail">The address alone.</param>
public sealed record Person(string Name, string Mail)
{
    /// <summary>Reads "Name &lt;mail&gt;" or "mail". False when there is no mail address in it.</summary>
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

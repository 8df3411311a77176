using MailKit.Net.Smtp;
using MimeKit;

namespace ServerlessBlog.Notifications;

/// <summary>
/// An SMTP client that goes on without a recipient whom the server refuses for good (5xx). With a temporary refusal
/// (4xx), sending fails before anybody gets the mail, and is retried for all recipients.
/// </summary>
internal sealed class RecipientTolerantClient : SmtpClient
{
    private SmtpResponse? _lastRefusal;

    public List<SmtpStatusCode> Refused { get; } = [];

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if ((int)response.StatusCode < 500)
        {
            base.OnRecipientNotAccepted(message, mailbox, response);
        }

        _lastRefusal = response;
        Refused.Add(response.StatusCode);
    }

    protected override void OnNoRecipientsAccepted(MimeMessage message) =>
        throw new SmtpCommandException(
            SmtpErrorCode.RecipientNotAccepted,
            _lastRefusal?.StatusCode ?? SmtpStatusCode.TransactionFailed,
            _lastRefusal?.Response ?? "Nobody was accepted."
        );
}

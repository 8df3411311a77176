using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using ServerlessBlog.Hosting;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Notifications;

/// <summary>Sends notices through an SMTP server: <c>smtp://</c> with STARTTLS where the server has it, <c>smtps://</c> with TLS from the first byte.</summary>
/// <remarks>A connection per notice: notices are rare, and instances come and go.</remarks>
internal sealed partial class MailNotifier : INotifier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly NotificationMail _mail;
    private readonly Uri _server;
    private readonly int _port;
    private readonly bool _tlsAtOnce;
    private readonly (string Name, string Password)? _user;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailNotifier> _logger;

    /// <param name="settings">Who sends.</param>
    /// <param name="server">smtp(s)://user:password@host:port; user and password percent-encoded. Port 587, or 465 for smtps, when it names none.</param>
    /// <param name="clock">Ends a try after 30 s.</param>
    /// <param name="logger">Told of recipients that the server refused.</param>
    public MailNotifier(BlogSettings settings, Uri server, TimeProvider clock, ILogger<MailNotifier> logger)
    {
        _mail = new NotificationMail(settings);
        _server = server;
        _tlsAtOnce = server.Scheme == "smtps";
        _port = server switch
        {
            { IsDefaultPort: false, Port: > 0 } => server.Port,
            _ => _tlsAtOnce ? 465 : 587,
        };
        _user = UserIn(server);
        _clock = clock;
        _logger = logger;
    }

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var mail = _mail.Write(notification);
        using var limit = new CancellationTokenSource(Limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = new Client();
        try
        {
            await using var connection = await Connection.OpenAsync(
                new DnsEndPoint(_server.IdnHost, _port),
                either.Token
            );
            await OpenAsync(client, connection, either.Token);
            await client.SendAsync(mail, either.Token);
            if (client.Refused.Count > 0)
            {
                LogRefused(client.Refused.Count, notification.Id, client.Refused[0]);
            }

            await LeaveAsync(client, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotifierException($"{Where}: no answer within {Limit.TotalSeconds} s.");
        }
        catch (Exception problem) when (IsOfMail(problem) && !cancellationToken.IsCancellationRequested)
        {
            // Without the exception itself: what a server says may repeat what it was told.
            throw new NotifierException(Hide($"{Where}: {problem.GetType().Name}: {problem.Message}"));
        }
    }

    private string Where => $"{_server.Host}:{_port}";

    private async Task OpenAsync(Client client, Connection connection, CancellationToken cancellationToken)
    {
        var tls = _tlsAtOnce ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(connection, _server.IdnHost, _port, tls, cancellationToken);
        if (_user is not { } user)
        {
            return;
        }

        // Whoever stands between can strike STARTTLS from what the server offers.
        if (!client.IsSecure && !_server.IsLoopback)
        {
            throw new NotifierException(
                $"{Where} offers no TLS, and the password is not sent without. Use smtps:// or another port."
            );
        }

        await client.AuthenticateAsync(Encoding.UTF8, user.Name, user.Password, cancellationToken);
    }

    /// <summary>The mail is the server's by now: whatever happens to the farewell, it was sent.</summary>
    private static async Task LeaveAsync(Client client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception problem) when (problem is OperationCanceledException || IsOfMail(problem)) { }
    }

    private static bool IsOfMail(Exception problem) =>
        problem
            is SocketException
                or IOException
                or TimeoutException
                or CommandException
                or ProtocolException
                or ServiceNotConnectedException
                or AuthenticationException
                or SslHandshakeException
                or System.Security.Authentication.AuthenticationException
                or NotSupportedException; // the server lacks what the mail needs, or AUTH

    private static (string Name, string Password)? UserIn(Uri server)
    {
        if (server.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = server.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>Without the password, in each form in which it goes over the wire.</summary>
    private string Hide(string text)
    {
        if (_user is not { Password.Length: > 0 } user)
        {
            return text;
        }

        string[] forms =
        [
            Base64($"\0{user.Name}\0{user.Password}"),
            Base64(user.Password),
            user.Password,
            Uri.EscapeDataString(user.Password),
            _server.UserInfo,
        ];
        return forms.Aggregate(text, (hidden, form) => hidden.Replace(form, "…", StringComparison.Ordinal));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The mail server refused {Refused} of the people of notice {Id}, with {Status}; the others were told."
    )]
    private partial void LogRefused(int refused, string id, SmtpStatusCode status);

    /// <summary>
    /// A mailbox that is gone does not keep the others from being told. One that is full or slow does (4xx): then nobody was told yet, and all are later.
    /// </summary>
    private sealed class Client : SmtpClient
    {
        private SmtpResponse? _last;

        public List<SmtpStatusCode> Refused { get; } = [];

        protected override void OnRecipientNotAccepted(
            MimeKit.MimeMessage message,
            MimeKit.MailboxAddress mailbox,
            SmtpResponse response
        )
        {
            if ((int)response.StatusCode < 500)
            {
                base.OnRecipientNotAccepted(message, mailbox, response);
            }

            _last = response;
            Refused.Add(response.StatusCode);
        }

        protected override void OnNoRecipientsAccepted(MimeKit.MimeMessage message) =>
            throw new SmtpCommandException(
                SmtpErrorCode.RecipientNotAccepted,
                _last?.StatusCode ?? SmtpStatusCode.TransactionFailed,
                _last?.Response ?? "Nobody was accepted."
            );
    }
}

using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ServerlessBlog.Notifications;

/// <summary>
/// Sends notifications through an SMTP server: <c>smtp://</c> uses STARTTLS when the server offers it, <c>smtps://</c>
/// uses TLS from the first byte.
/// </summary>
/// <remarks>
/// Opens one connection for each notification, or for a mailing: others are rare, and instances are short-lived.
/// Thread-safe.
/// </remarks>
internal sealed partial class MailNotifier : INotifier
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly NotificationMail _mail;
    private readonly Uri _server;
    private readonly int _port;
    private readonly bool _implicitTls;
    private readonly (string Name, string Password)? _credentials;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailNotifier> _logger;

    /// <param name="settings">The blog's settings, with the sender.</param>
    /// <param name="server">
    /// smtp(s)://user:password@host:port, with user and password percent-encoded. Without a port, 587, or 465 for
    /// smtps.
    /// </param>
    /// <param name="clock">The clock of the time limit, 30 s for each attempt.</param>
    /// <param name="logger">Logs recipients that the server refused.</param>
    public MailNotifier(BlogSettings settings, Uri server, TimeProvider clock, ILogger<MailNotifier> logger)
    {
        _mail = new NotificationMail(settings);
        _server = server;
        _implicitTls = server.Scheme == "smtps";
        _port = server switch
        {
            { IsDefaultPort: false, Port: > 0 } => server.Port,
            _ => _implicitTls ? 465 : 587,
        };
        _credentials = ParseCredentials(server);
        _clock = clock;
        _logger = logger;
    }

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var mail = _mail.Write(notification); // before the connection: an invalid address needs none
        await using var connection = await OpenAsync(cancellationToken);
        await connection.SendAsync(notification, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<INotifierConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var client = new RecipientTolerantClient();
        try
        {
            await GuardAsync(stop => ConnectAsync(client, stop), cancellationToken);
            return new Connection(this, client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Runs a part of a conversation with the server within the time limit.</summary>
    private async Task GuardAsync(Func<CancellationToken, Task> talk, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeLimit, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await talk(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotifierException($"{Endpoint}: no answer within {TimeLimit.TotalSeconds} s.");
        }
        catch (Exception problem) when (IsMailError(problem) && !cancellationToken.IsCancellationRequested)
        {
            // Without the inner exception: the server's response may repeat the credentials and addresses that it was
            // sent.
            var text = MailAddress().Replace(problem.Message, "…@…");
            throw new NotifierException(HidePassword($"{Endpoint}: {problem.GetType().Name}: {text}"))
            {
                Refusal = RefusalOf(problem),
            };
        }
    }

    private static Refusal RefusalOf(Exception problem) =>
        problem switch
        {
            SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: var status } =>
                (int)status >= 500 ? Refusal.Permanent : Refusal.Temporary,
            // Of this mail: others may be accepted.
            SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } => Refusal.Temporary,
            _ => Refusal.None,
        };

    private string Endpoint => $"{_server.Host}:{_port}";

    private async Task ConnectAsync(RecipientTolerantClient client, CancellationToken cancellationToken)
    {
        var tls = _implicitTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        // Without delay: a mail ends with a small packet, which would wait 40 ms for the acknowledgement of the others.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_server.IdnHost.Trim('[', ']'), _port, cancellationToken);
            await client.ConnectAsync(socket, _server.IdnHost, _port, tls, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (_credentials is not { } user)
        {
            return;
        }

        // An attacker between client and server can remove STARTTLS from the server's capabilities.
        if (!client.IsSecure && !_server.IsLoopback)
        {
            throw new NotifierException(
                $"{Endpoint} offers no TLS, and the password is not sent without. Use smtps:// or another port."
            );
        }

        await client.AuthenticateAsync(Encoding.UTF8, user.Name, user.Password, cancellationToken);
    }

    private static bool IsMailError(Exception problem) =>
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
                or NotSupportedException; // the server lacks an extension that the mail needs, or AUTH

    private static (string Name, string Password)? ParseCredentials(Uri server)
    {
        if (server.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = server.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>Replaces the password by an ellipsis, in all encodings in which it is sent.</summary>
    private string HidePassword(string text)
    {
        if (_credentials is not { Password.Length: > 0 } user)
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

    [GeneratedRegex(@"[^\s<>""()]+@[^\s<>""()]+")]
    private static partial Regex MailAddress();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The mail server refused {Refused} of the people of notice {Id}, with {Status}; the others were told."
    )]
    private partial void LogRefused(int refused, string id, SmtpStatusCode status);

    private sealed class Connection(MailNotifier notifier, RecipientTolerantClient client) : INotifierConnection
    {
        /// <inheritdoc/>
        public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
        {
            using var mail = notifier._mail.Write(notification);
            client.Refused.Clear();
            await notifier.GuardAsync(stop => client.SendAsync(mail, stop), cancellationToken);
            if (client.Refused.Count > 0)
            {
                notifier.LogRefused(client.Refused.Count, notification.Id, client.Refused[0]);
            }
        }

        /// <summary>Disconnects. Errors are ignored: the server has accepted the mails already.</summary>
        public async ValueTask DisposeAsync()
        {
            using var timeout = new CancellationTokenSource(TimeLimit, notifier._clock);
            try
            {
                await client.DisconnectAsync(quit: true, timeout.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException || IsMailError(problem)) { }
            finally
            {
                client.Dispose();
            }
        }
    }
}

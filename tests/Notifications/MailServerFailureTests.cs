using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class MailServerFailureTests
{
    private const string Password = "pa:ss@wörd";

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task An_unreachable_server_is_a_NotifierException_without_the_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://ann:{Uri.EscapeDataString(Password)}@127.0.0.1:{port}")
        );

        Assert.StartsWith($"127.0.0.1:{port}: SocketException: ", problem.Message, StringComparison.Ordinal);
        AssertContainsNoPassword(problem);
    }

    [Fact]
    public async Task Sending_times_out_after_30_s_without_a_reply()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var sending = SendAsync($"smtp://{listener.LocalEndpoint}");
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sending.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var problem = await Assert.ThrowsAsync<NotifierException>(() => sending);
        Assert.Equal($"{listener.LocalEndpoint}: no answer within 30 s.", problem.Message);
    }

    [Fact]
    public async Task Cancellation_is_not_a_NotifierException()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();

        var sending = SendAsync($"smtp://{listener.LocalEndpoint}", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task User_and_password_of_the_setting_are_URL_decoded()
    {
        await using var server = new ScriptedServer(line =>
            OfferAuthentication(line) ?? (line.StartsWith("AUTH", StringComparison.Ordinal) ? "235 ok" : null)
        );

        await SendAsync($"smtp://ann%40blog:{Uri.EscapeDataString(Password)}@127.0.0.1:{server.Port}");

        Assert.Contains(
            "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ann@blog\0{Password}")),
            server.Lines
        );
    }

    [Fact]
    public async Task Without_user_and_password_no_AUTH_is_sent()
    {
        await using var server = new ScriptedServer(OfferAuthentication);

        await SendAsync($"smtp://127.0.0.1:{server.Port}");

        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Contains(".", server.Lines);
    }

    [Fact]
    public async Task A_server_reply_that_repeats_the_password_does_not_put_it_into_the_exception()
    {
        await using var server = new ScriptedServer(line =>
            OfferAuthentication(line)
            ?? (line.StartsWith("AUTH", StringComparison.Ordinal) ? $"535 refused: {line} {Password}" : null)
        );

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://ann:{Uri.EscapeDataString(Password)}@127.0.0.1:{server.Port}")
        );

        Assert.Contains("refused", problem.Message, StringComparison.Ordinal);
        AssertContainsNoPassword(problem);
    }

    [Fact]
    public async Task A_password_is_not_sent_to_another_machine_without_TLS()
    {
        await using var server = new ScriptedServer(OfferAuthentication, IPAddress.Any);

        // By its host name the server is not recognisable as a loopback address.
        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://ann:secret@{Dns.GetHostName()}:{server.Port}")
        );

        Assert.Contains("offers no TLS", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_smtps_address_requires_TLS()
    {
        await using var server = new ScriptedServer(_ => null);

        var problem = await Assert.ThrowsAsync<NotifierException>(() => SendAsync($"smtps://127.0.0.1:{server.Port}"));

        Assert.Contains("SslHandshakeException", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_mail_is_a_NotifierException_with_the_servers_reply()
    {
        await using var server = new ScriptedServer(line => line == "." ? "554 smells of spam" : null);

        var problem = await Assert.ThrowsAsync<NotifierException>(() => SendAsync($"smtp://127.0.0.1:{server.Port}"));

        Assert.EndsWith("smells of spam", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_recipient_does_not_stop_the_mail_to_the_others()
    {
        await using var server = new ScriptedServer(line =>
            line.StartsWith("RCPT TO:<gone@", StringComparison.Ordinal) ? "550 no such user" : null
        );

        await SendAsync(
            $"smtp://127.0.0.1:{server.Port}",
            default,
            new Person("Gone", "gone@blog.example"),
            new Person("Ann", "ann@blog.example")
        );

        Assert.Contains(".", server.Lines);
    }

    [Theory]
    [InlineData("450 later", "x@blog.example", "ann@blog.example")]
    [InlineData("550 no such user", "x@blog.example")]
    public async Task A_temporary_rejection_or_the_rejection_of_every_recipient_is_a_NotifierException(
        string reply,
        params string[] recipients
    )
    {
        await using var server = new ScriptedServer(line =>
            line.StartsWith("RCPT TO:<x@", StringComparison.Ordinal) ? reply : null
        );

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://127.0.0.1:{server.Port}", default, [.. recipients.Select(mail => new Person("X", mail))])
        );

        Assert.EndsWith(reply[4..], problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".", server.Lines);
    }

    [Fact]
    public async Task A_server_that_disconnects_after_accepting_the_mail_has_accepted_it()
    {
        await using var server = new ScriptedServer(line => line == "QUIT" ? throw new IOException("Hangs up.") : null);

        await SendAsync($"smtp://127.0.0.1:{server.Port}");

        Assert.Contains(".", server.Lines);
    }

    private Task SendAsync(string server, CancellationToken cancellationToken = default, params Person[] to) =>
        NotifierFactory
            .For(NotificationSamples.Settings(server), _clock, NullLoggerFactory.Instance)
            .SendAsync(NotificationSamples.Create(to: to), cancellationToken);

    private static string? OfferAuthentication(string line) =>
        line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-here\r\n250 AUTH PLAIN" : null;

    private static void AssertContainsNoPassword(NotifierException problem)
    {
        var text = problem.ToString();
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(Password), text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ann\0{Password}")),
            text,
            StringComparison.Ordinal
        );
    }
}

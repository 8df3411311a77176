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
    public async Task A_server_that_is_not_there_is_a_problem_that_tells_no_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://ann:{Uri.EscapeDataString(Password)}@127.0.0.1:{port}")
        );

        Assert.StartsWith($"127.0.0.1:{port}: SocketException: ", problem.Message, StringComparison.Ordinal);
        TellsNoPassword(problem);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_30_s()
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
    public async Task Who_is_stopped_meanwhile_has_no_problem_with_the_server()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();

        var sending = SendAsync($"smtp://{listener.LocalEndpoint}", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task User_and_password_are_decoded()
    {
        await using var server = new ScriptedServer(line =>
            OffersSignIn(line) ?? (line.StartsWith("AUTH", StringComparison.Ordinal) ? "235 ok" : null)
        );

        await SendAsync($"smtp://ann%40blog:{Uri.EscapeDataString(Password)}@127.0.0.1:{server.Port}");

        Assert.Contains(
            "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ann@blog\0{Password}")),
            server.Lines
        );
    }

    [Fact]
    public async Task Without_user_and_password_nobody_signs_in()
    {
        await using var server = new ScriptedServer(OffersSignIn);

        await SendAsync($"smtp://127.0.0.1:{server.Port}");

        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.Contains(".", server.Lines);
    }

    [Fact]
    public async Task A_server_that_repeats_what_it_was_told_tells_no_password()
    {
        await using var server = new ScriptedServer(line =>
            OffersSignIn(line)
            ?? (line.StartsWith("AUTH", StringComparison.Ordinal) ? $"535 refused: {line} {Password}" : null)
        );

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://ann:{Uri.EscapeDataString(Password)}@127.0.0.1:{server.Port}")
        );

        Assert.Contains("refused", problem.Message, StringComparison.Ordinal);
        TellsNoPassword(problem);
    }

    [Fact]
    public async Task A_password_does_not_leave_the_machine_without_TLS()
    {
        await using var server = new ScriptedServer(OffersSignIn, IPAddress.Any);

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://ann:secret@{Dns.GetHostName()}:{server.Port}")
        ); // no loopback address by its looks

        Assert.Contains("offers no TLS", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_TLS_does_not_do_for_smtps()
    {
        await using var server = new ScriptedServer(_ => null);

        var problem = await Assert.ThrowsAsync<NotifierException>(() => SendAsync($"smtps://127.0.0.1:{server.Port}"));

        Assert.Contains("SslHandshakeException", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_the_mail_is_a_problem_in_its_words()
    {
        await using var server = new ScriptedServer(line => line == "." ? "554 smells of spam" : null);

        var problem = await Assert.ThrowsAsync<NotifierException>(() => SendAsync($"smtp://127.0.0.1:{server.Port}"));

        Assert.EndsWith("smells of spam", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_is_gone_does_not_keep_the_others_from_being_told()
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
    public async Task A_mailbox_that_asks_for_patience_or_is_the_only_one_is_a_problem(
        string answer,
        params string[] people
    )
    {
        await using var server = new ScriptedServer(line =>
            line.StartsWith("RCPT TO:<x@", StringComparison.Ordinal) ? answer : null
        );

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            SendAsync($"smtp://127.0.0.1:{server.Port}", default, [.. people.Select(mail => new Person("X", mail))])
        );

        Assert.EndsWith(answer[4..], problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".", server.Lines);
    }

    [Fact]
    public async Task A_server_that_hangs_up_after_it_took_the_mail_has_taken_it()
    {
        await using var server = new ScriptedServer(line => line == "QUIT" ? throw new IOException("Hangs up.") : null);

        await SendAsync($"smtp://127.0.0.1:{server.Port}");

        Assert.Contains(".", server.Lines);
    }

    private Task SendAsync(string server, CancellationToken cancellationToken = default, params Person[] to) =>
        NotifierFactory
            .For(NotificationSamples.Settings(server), _clock, NullLoggerFactory.Instance)
            .SendAsync(NotificationSamples.Notice(to: to), cancellationToken);

    private static string? OffersSignIn(string line) =>
        line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-here\r\n250 AUTH PLAIN" : null;

    private static void TellsNoPassword(NotifierException problem)
    {
        var all = problem.ToString();
        Assert.DoesNotContain(Password, all, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(Password), all, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0ann\0{Password}")),
            all,
            StringComparison.Ordinal
        );
    }
}

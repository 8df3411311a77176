using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Notifications;

public sealed class MailNotifierTests
{
    [Fact]
    public async Task A_mail_server_receives_the_notification_as_text_and_HTML_without_a_commenters_links()
    {
        var server = await MailServer.SharedAsync();
        var recipients = new[]
        {
            new Person("Moderator Mü", "mod-plain@blog.example"),
            new Person("Other", "other-plain@blog.example"),
        };
        var text =
            "Müller wrote:\n\n"
            + PlainText.Defang("Buy at http://evil.example or me@evil.example")
            + "\n\nhttps://blog.example/moderate/1";

        await NotifierFor(server)
            .SendAsync(NotificationSamples.Create("plain-1", "A comment by Müller waits", text, recipients), default);

        var mail = await server.WaitForAsync(mail => mail.To.Contains("mod-plain@blog.example"));
        Assert.Equal("A comment by Müller waits", mail.Subject);
        Assert.Equal(text, mail.Text.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Contains("<a href=\"https://blog.example/moderate/1\"", mail.Html, StringComparison.Ordinal);
        Assert.Single(mail.Html!.Split("<a ").Skip(1)); // no link of the stranger
        Assert.DoesNotContain("http://evil", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@evil", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", mail.Text, StringComparison.Ordinal);
        Assert.Equal(["mod-plain@blog.example", "other-plain@blog.example"], mail.To.Order());
        Assert.Equal("plain-1@blog.example", mail.MessageId);
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal(NotificationSamples.Noon, mail.Message.Date);
        Assert.Equal(
            ("Ann's blog: café & co.", "ann@blog.example"),
            (mail.Message.From.Mailboxes.Single().Name, mail.From)
        );
    }

    [Fact]
    public async Task A_name_with_line_breaks_adds_no_header_and_no_recipient()
    {
        var server = await MailServer.SharedAsync();
        var recipient = new Person(
            "Eve\r\nBcc: all-inject@example.com",
            "eve-inject@example.com\r\nRCPT TO:<all-inject@example.com>"
        );

        var refused = await Record.ExceptionAsync(() =>
            NotifierFor(server).SendAsync(NotificationSamples.Create("inject-1", to: recipient), default)
        );
        await NotifierFor(server)
            .SendAsync(
                NotificationSamples.Create(
                    "inject-2",
                    "Hello\r\nBcc: all-inject@example.com",
                    to: recipient with
                    {
                        Mail = "eve-inject@example.com",
                    }
                ),
                default
            );

        Assert.IsType<NotifierException>(refused);
        var mail = await server.WaitForAsync(mail => mail.MessageId == "inject-2@blog.example");
        Assert.Equal(["eve-inject@example.com"], mail.To);
        Assert.Equal("Hello Bcc: all-inject@example.com", mail.Subject);
        Assert.Null(mail.Header("Bcc"));
    }

    [Fact]
    public async Task Five_deliveries_on_real_storage_send_one_mail_to_a_real_server()
    {
        var server = await MailServer.StartAsync();
        await using var _ = server;
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(fixture.NewNotification("real-1"), default);
        var function = fixture.Function(NotifierFor(server));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (_, ct) => await function.RunAsync("real-1", ct)
        );

        await server.WaitForAsync(mail => mail.MessageId == "real-1@blog.example");
        Assert.Single(await server.MailsAsync());
    }

    private static INotifier NotifierFor(MailServer server) =>
        NotifierFactory.For(
            NotificationSamples.Settings(server.SmtpAddress),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
}

using System.CommandLine;
using System.Diagnostics;
using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using ServerlessBlog.Hosting;
using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Mailings;

/// <summary>
/// Sends a new post to 10,000 subscribers with the published handler, through a real SMTP server: counted mails,
/// storage calls and processor time a mail, beside MailKit alone with mails of the same size.
/// </summary>
internal static class MailingCommand
{
    /// <summary>A slice takes less than the host's patience with one execution, and this machine's client's.</summary>
    private const int LettersPerMinute = 5_000;

    private const int MailsAlone = 400;
    private const double CallsLimit = 1.1;
    private const double TimeLimit = 5;

    public static Command Create()
    {
        var subscribers = new Option<int>("--subscribers")
        {
            Description = "How many subscribers.",
            HelpName = "N",
            DefaultValueFactory = _ => 10_000,
        };
        var command = new Command("mailing", "A new post to 10,000 subscribers: mails, calls, processor time.")
        {
            subscribers,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(subscribers)));
        return command;
    }

    private static async Task<int> RunAsync(int subscribers)
    {
        await PublishedHandler.EnsurePublishedAsync();
        var connection = await StorageAccounts.NewAccountAsync();
        var key = await PrepareAsync(connection, subscribers);
        await using var proxy = await StorageProxy.StartAsync(connection);
        var calls = 0;
        proxy.ShouldCut = (_, isDone) =>
        {
            calls += isDone ? 1 : 0;
            return false;
        };
        using var mails = await MailCounter.StartAsync();
        await using var handler = await PublishedHandler.StartAsync(
            proxy.Connection,
            ("Blog__Smtp", $"smtp://127.0.0.1:{mails.Port}"),
            ("Blog__LettersPerMinute", $"{LettersPerMinute}")
        );
        calls = 0;
        var (seconds, slices, milliseconds) = await SendAsync(handler, connection, key);
        var counts = await mails.CountAsync();
        var (alone, aloneRate) = await SendAloneAsync(mails.Port, (int)(counts.Bytes / counts.Mails));

        var report = new LimitReport();
        LimitReport.Print(
            $"{slices} slices, {counts.Mails / seconds:0} mails a second, ",
            $"{counts.Bytes / counts.Mails / 1024.0:0.0} KB each"
        );
        report.Exactly("Mails", counts.Mails, subscribers);
        report.Exactly("Recipients", counts.Recipients, subscribers);
        report.Exactly("Message-IDs", counts.Ids, subscribers);
        report.AtMost("Storage calls a mail", (double)calls / counts.Mails, CallsLimit);
        report.AtMost("Processor time a mail", milliseconds / counts.Mails, TimeLimit, " ms");
        report.Note("MailKit alone, mails a second", aloneRate, "on one connection, one after the other");
        report.Note("MailKit alone under the JIT, ms of processor time a mail", alone, "it writes no rows");
        return report.Close();
    }

    /// <summary>Adds the post, the subscribers and the mailing. Returns the mailing's key.</summary>
    private static async Task<string> PrepareAsync(string connection, int subscribers)
    {
        await using var blog = await TestBlog.StartAsync(connection: connection, announcesUploads: true);
        var text = string.Concat(Enumerable.Repeat("A sentence with *emphasis* and a [link](/). ", 100));
        await blog.UploadAsync("new.md", $"---\ntitle: A new post\n---\n{text}\n");
        var now = DateTimeOffset.UtcNow;
        // Before the blog itself adds one, which would begin ten minutes later.
        var key = Mailing.KeyFor(PostId.FromBlobName("new.md"));
        await blog.Get<MailingTable>()
            .AddAsync(
                new Mailing
                {
                    Key = key,
                    Created = now,
                    NotBefore = now,
                },
                CancellationToken.None
            );
        await blog.Get<RecipientTable>()
            .AddAllAsync(
                Enumerable
                    .Range(1, subscribers)
                    .Select(number =>
                        Recipient.Create($"reader-{number}@example.com", now) with
                        {
                            Confirmed = now,
                            Posts = new PostSubscription([], false, now.AddMinutes(-1)),
                        }
                    ),
                CancellationToken.None
            );
        return key;
    }

    private static async Task<(double Seconds, int Slices, double Milliseconds)> SendAsync(
        PublishedHandler handler,
        string connection,
        string key
    )
    {
        await using var observer = await TestBlog.StartAsync(connection: connection, options: TestBlog.IdleHostOptions);
        using var process = Process.GetProcessById(handler.Run.Id);
        var (watch, slices, before) = (new Stopwatch(), 0, process.TotalProcessorTime);
        while (true)
        {
            watch.Start();
            var (status, _, body) = await handler.CallAsync(
                "SendNotice",
                InvocationPayload.Write("message", "mailing:" + key, sent: DateTimeOffset.UtcNow)
            );
            watch.Stop();
            if (status != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"The slice failed: {(int)status} {body}");
            }

            slices++;
            var mailing = (await observer.Get<MailingTable>().FindAsync(key, CancellationToken.None))!.Value;
            if (mailing.IsSettled)
            {
                process.Refresh();
                var time = (process.TotalProcessorTime - before).TotalMilliseconds;
                return (watch.Elapsed.TotalSeconds, slices, time);
            }

            var rest = mailing.NotBefore - DateTimeOffset.UtcNow;
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Sends mails of a size on one connection. Returns the processor time of one, in ms, and how many a second.
    /// </summary>
    private static async Task<(double Milliseconds, double Rate)> SendAloneAsync(int port, int bytes)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None);
        using var process = Process.GetCurrentProcess();
        var (before, watch) = (default(TimeSpan), new Stopwatch());
        for (var number = -MailsAlone / 4; number < MailsAlone; number++)
        {
            if (number == 0)
            {
                process.Refresh();
                watch.Restart();
                before = process.TotalProcessorTime; // without the first ones, which are compiled
            }

            using var mail = new MimeMessage();
            mail.From.Add(new MailboxAddress("Ada", "ada@blog.test"));
            mail.To.Add(new MailboxAddress("", $"alone-{number}@example.com"));
            mail.Subject = "A new post";
            mail.Body = new TextPart("plain") { Text = new string('a', 70).PadRight(bytes, '\n') };
            await client.SendAsync(mail);
        }

        process.Refresh();
        var milliseconds = (process.TotalProcessorTime - before).TotalMilliseconds;
        return (milliseconds / MailsAlone, MailsAlone / watch.Elapsed.TotalSeconds);
    }
}

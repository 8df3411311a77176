using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A mail as it came over the wire.</summary>
/// <param name="Subject">Decoded.</param>
/// <param name="From">The address alone, without the name.</param>
/// <param name="To">Who received it, by the envelope: with Bcc, and without the names.</param>
/// <param name="Text">The text part, empty when there is none.</param>
/// <param name="Html">The HTML part as sent. Null: there is none.</param>
/// <param name="MessageId">Without angle brackets.</param>
/// <param name="Message">All of it: headers, parts, the names in the addresses.</param>
public sealed record ReceivedMail(
    string Subject,
    string From,
    IReadOnlyList<string> To,
    string Text,
    string? Html,
    string MessageId,
    MimeMessage Message
)
{
    /// <summary>The first header of that name, decoded. Null: there is none.</summary>
    public string? Header(string name) => Message.Headers[name];
}

/// <summary>
/// maildev, a real SMTP server that keeps what it receives, as a child process on ports the kernel chose. It ends with
/// this object and with this process, however that ends. May be used by any number of tests at once.
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90); // generous: only a failing test waits it out
    private static readonly Lazy<Task<MailServer>> Shared = new(StartAsync);

    private readonly Process _process;
    private readonly HttpClient _api;

    private MailServer(Process process, Ports ports)
    {
        _process = process;
        _api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.Api}/api/") };
        SmtpAddress = $"smtp://127.0.0.1:{ports.Smtp}";
    }

    /// <summary>Where it takes mails, without TLS and without a password: <c>smtp://127.0.0.1:port</c>.</summary>
    public string SmtpAddress { get; }

    /// <summary>The one that all tests of this process share: tell your mails by their recipient. Nobody disposes it.</summary>
    public static Task<MailServer> SharedAsync() => Shared.Value;

    /// <summary>One of your own, that has no mails yet.</summary>
    /// <exception cref="StartException">Node.js is missing, npm failed, or maildev did not start.</exception>
    public static async Task<MailServer> StartAsync()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "tests");
        await NodePackages.EnsureInstalledAsync(folder, say: null, CancellationToken.None);

        var process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine("Infrastructure", "mail-server.js")])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true, // its closing is what ends mail-server.js
                RedirectStandardOutput = true,
            }
        )!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{')) // before it maildev says hello
            {
                _ = process.StandardOutput.ReadToEndAsync(); // a pipe that nobody reads fills up and stops it
                return new MailServer(process, JsonSerializer.Deserialize<Ports>(line, JsonSerializerOptions.Web)!);
            }
        }

        process.Dispose();
        throw new StartException("The mail server (maildev) ended instead of starting; its reason is above.");
    }

    /// <summary>All mails that came so far, oldest first.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> MailsAsync()
    {
        var stored = await _api.GetFromJsonAsync<List<StoredMail>>("email?sort=asc");
        return await Task.WhenAll(stored!.Select(ReadAsync));
    }

    /// <summary>The first mail that fits, as soon as it has come.</summary>
    /// <exception cref="TimeoutException">None came within 90 s; the message names those that did.</exception>
    public async Task<ReceivedMail> WaitForAsync(Func<ReceivedMail, bool> fits, CancellationToken ct = default)
    {
        for (var waiting = Stopwatch.StartNew(); ; )
        {
            var mails = await MailsAsync();
            if (mails.FirstOrDefault(fits) is { } mail)
            {
                return mail;
            }

            if (waiting.Elapsed > Deadline)
            {
                var others = string.Join(
                    "; ",
                    mails.Select(other => $"'{other.Subject}' to {string.Join(", ", other.To)}")
                );
                throw new TimeoutException(
                    $"The mail did not come within {Deadline.TotalSeconds} s. These did: {others}."
                );
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }
    }

    /// <summary>Ends it; its mails are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // From the source, for maildev's own reading leaves headers out (List-Unsubscribe).
    private async Task<ReceivedMail> ReadAsync(StoredMail stored)
    {
        await using var source = await _api.GetStreamAsync($"email/{stored.Id}/source");
        var message = await MimeMessage.LoadAsync(source);
        return new ReceivedMail(
            message.Subject ?? "",
            message.From.Mailboxes.FirstOrDefault()?.Address ?? "",
            [.. stored.Envelope.To.Select(to => to.Address)],
            message.TextBody ?? "",
            message.HtmlBody,
            message.MessageId ?? "",
            message
        );
    }

    private sealed record Ports(int Smtp, int Api);

    private sealed record StoredMail(string Id, Envelope Envelope);

    private sealed record Envelope(IReadOnlyList<EnvelopeAddress> To);

    private sealed record EnvelopeAddress(string Address);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A mail as the SMTP server received it.</summary>
/// <param name="Subject">The decoded subject; empty without one.</param>
/// <param name="From">The sender's address without the display name.</param>
/// <param name="To">The addresses of the recipients by the envelope: Bcc included, without display names.</param>
/// <param name="Text">The plain-text part; empty without one.</param>
/// <param name="Html">The HTML part as sent; null without one.</param>
/// <param name="MessageId">The Message-ID without angle brackets.</param>
/// <param name="Message">The whole message: headers, parts, addresses with display names.</param>
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
    /// <summary>Gets the decoded value of the first header of that name; null without one.</summary>
    public string? Header(string name) => Message.Headers[name];
}

/// <summary>
/// maildev, a real SMTP server that stores the mails it receives, as a child process on ports that the kernel chooses.
/// It ends when this object is disposed and when this process ends, even by a kill. Safe for use by any number of tests
/// at once.
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45); // generous: only a failing test waits so long
    private static readonly Lazy<Task<MailServer>> Shared = new(StartAsync);

    private readonly Process _process;
    private readonly HttpClient _api;
    private readonly ConcurrentDictionary<string, Task<ReceivedMail>> _read = []; // by maildev's id of the mail

    private MailServer(Process process, Ports ports)
    {
        _process = process;
        _api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports.Api}/api/") };
        SmtpAddress = $"smtp://127.0.0.1:{ports.Smtp}";
    }

    /// <summary>
    /// The address that accepts mails without TLS and without a password: <c>smtp://127.0.0.1:port</c>.
    /// </summary>
    public string SmtpAddress { get; }

    /// <summary>
    /// Gets the server that all tests of this process share. A test recognises its mails by their recipient and must
    /// not dispose the server.
    /// </summary>
    public static Task<MailServer> SharedAsync() => Shared.Value;

    /// <summary>Starts a separate server without mails.</summary>
    /// <exception cref="StartException">Node.js is missing, npm failed, or maildev did not start.</exception>
    public static async Task<MailServer> StartAsync()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "tests");
        await NodePackages.EnsureInstalledAsync(folder, say: null, CancellationToken.None);

        var process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine("Infrastructure", "mail-server.js")])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true, // mail-server.js exits when its input closes
                RedirectStandardOutput = true,
            }
        )!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{')) // maildev prints a greeting before this line
            {
                _ = process.StandardOutput.ReadToEndAsync(); // an unread pipe fills up and blocks the process
                return new MailServer(process, JsonSerializer.Deserialize<Ports>(line, JsonSerializerOptions.Web)!);
            }
        }

        process.Dispose();
        throw new StartException("The mail server (maildev) ended instead of starting; its reason is above.");
    }

    /// <summary>Gets all mails received so far, oldest first.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> MailsAsync()
    {
        var stored = await _api.GetFromJsonAsync<List<StoredMail>>("email?sort=asc");
        return await Task.WhenAll(stored!.Select(mail => _read.GetOrAdd(mail.Id, _ => ReadAsync(mail))));
    }

    /// <summary>Waits for a mail that matches and returns the oldest match.</summary>
    /// <exception cref="TimeoutException">No such mail arrived within 90 s; the message lists the mails that
    /// did.</exception>
    public async Task<ReceivedMail> WaitForAsync(Func<ReceivedMail, bool> isMatch, CancellationToken ct = default)
    {
        for (var waiting = Stopwatch.StartNew(); ; )
        {
            var mails = await MailsAsync();
            if (mails.FirstOrDefault(isMatch) is { } mail)
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

    /// <summary>Stops the server and deletes its mails.</summary>
    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Parsed from the source: maildev's own parsed form leaves out headers such as List-Unsubscribe.
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

using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Notifications;

namespace ServerlessBlog.Tests.Hosting.Telemetry;

/// <summary>
/// What the published handler exports about the journeys of readers, commenters, moderators and authors has none of
/// the values that they sent, and no credential: each is a word that occurs nowhere else.
/// </summary>
public sealed partial class TelemetryPrivacyTests
{
    private const string Slug = "canary-slug";

    /// <summary>Values that journeys contain, in the spelling in which they are sent.</summary>
    private readonly List<string> _canaries =
    [
        Slug,
        "canary-id",
        "canary-tag",
        "canary-file",
        "canary-path",
        "canary-query",
        "canary-agent",
        "CANARYMETHOD",
        "CanaryName",
        "canary-mail",
        "canary-site",
        "canary-text",
        "canary-message",
        "canary-author",
        "canary-title",
        "canary-trace",
        "canary-user",
        "canary-password",
        "203.0.113.77",
        new string('s', 40), // the secret
    ];

    private string _author = "";

    [Fact]
    public async Task Nothing_that_a_person_sent_and_no_credential_is_exported()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var connection = await StandInHost.CreateStorageAsync();
        _canaries.Add(Regex.Match(connection, "AccountName=([^;]+)").Groups[1].Value);
        _canaries.Add(Regex.Match(connection, "AccountKey=([^;]+)").Groups[1].Value);
        _author = $"canary-author-{Guid.NewGuid():N}@blog.test";
        var mails = await MailServer.SharedAsync();
        await using (var host = await StartAsync(connection, receiver, ("Blog__Smtp", mails.SmtpAddress)))
        {
            var handler = await host.HandlerAsync();
            await PublishAsync(handler, connection);
            await ReadAsync(handler);
            var held = await CommentAsync(handler, mails);
            await ModerateAsync(handler, held);
            await SignInAsync(handler, mails);
            await FailAsync(connection);
            await host.FireTimerAsync("SweepComments");
            await host.FireTimerAsync("WatchPoison"); // its end exports all that ended before
        }

        await MailWithPasswordAsync(connection, receiver);

        AssertMeasured(receiver);
        var exported = receiver.Text;
        Assert.All(_canaries, canary =>
            Assert.All(Spellings(canary), spelling =>
                Assert.DoesNotContain(spelling, exported, StringComparison.OrdinalIgnoreCase)
            )
        );
    }

    /// <summary>Every instrument was exported, and the tags that only a whole journey gives.</summary>
    private static void AssertMeasured(OtlpReceiver receiver)
    {
        var exported = receiver.Text;
        string[] instruments =
        [
            "blog.request.duration",
            "blog.render.duration",
            "blog.storage.duration",
            "blog.invocation.duration",
            "blog.queue.lag",
            "blog.verdicts",
            "blog.mails",
            "blog.uploads",
            "blog.poison.messages",
        ];
        Assert.All(instruments, name => Assert.Contains(name, exported, StringComparison.Ordinal));
        (string Name, string Value)[] tags =
        [
            ("blog.page", "posts"),
            ("blog.page", "home"),
            ("blog.page", "missing"),
            ("blog.page", "PreviewComment"),
            ("blog.page", "PostComment"),
            ("blog.page", "ReviewComment"),
            ("blog.page", "SignIn"),
            ("blog.cache.layer", "rendered"),
            ("blog.cache.layer", "memory"),
            ("blog.cache.layer", "hot"),
            ("http.request.method", "_OTHER"),
            ("blog.storage.service", "blob"),
            ("blog.storage.service", "table"),
            ("blog.storage.service", "queue"),
            ("blog.outcome", "not found"),
            ("blog.outcome", "failed"),
            ("blog.outcome", "sent"),
            ("blog.outcome", "waiting"),
            ("blog.outcome", "published"),
            ("blog.outcome", "refused"),
            ("blog.rule", "hold all"),
            ("blog.rule", "person"),
            ("blog.state", "approved"),
            ("blog.queue", "moderation-poison"),
            ("blog.function", "SweepComments"),
        ];
        Assert.All(tags, tag => Assert.True(receiver.HasTag(tag.Name, tag.Value), $"{tag.Name} {tag.Value}"));
        Assert.Contains("GET posts", exported, StringComparison.Ordinal); // the name of a span
    }

    private Task<StandInHost> StartAsync(
        string connection,
        OtlpReceiver receiver,
        params (string Name, string Value)[] settings
    ) => StandInHost.StartAsync(connection, handlersConnection: null, [.. receiver.Settings, .. Settings, .. settings]);

    private (string Name, string Value)[] Settings =>
        [
            ("Blog__Authors", $"CanaryName <{_author}>"),
            ("Blog__Comments__Moderation", "true"),
            ("Blog__Comments__FloodSeconds", "1"),
        ];

    private static async Task PublishAsync(PublishedHandler handler, string connection)
    {
        await UploadAsync(
            connection,
            StorageNames.Posts,
            $"{Slug}.md",
            "---\ntitle: canary-title\nid: canary-id\ntags: [canary-tag]\n---\ncanary-text\n"u8.ToArray()
        );
        await UploadAsync(connection, StorageNames.Posts, "canary-file.md", "canary-text"u8.ToArray());
        await UploadAsync(connection, StorageNames.Media, "canary-file.jpg", TestPictures.Photo(600, 400));
        await WaitForPageAsync(handler, $"/posts/{Slug}", page => page.Contains("canary-text"));
    }

    private static async Task UploadAsync(string connection, string container, string name, byte[] bytes)
    {
        await new BlobContainerClient(connection, container).UploadBlobAsync(name, BinaryData.FromBytes(bytes));
        await SendAsync(connection, StorageNames.UploadQueue, BlobEvent.Create(container, name));
    }

    private static Task SendAsync(string connection, string queue, string message) =>
        new QueueClient(
            connection,
            queue,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        ).SendMessageAsync(message);

    private static async Task ReadAsync(PublishedHandler handler)
    {
        string[] paths =
        [
            "/",
            "/",
            $"/posts/{Slug}",
            $"/posts/{Slug}?q=canary-query",
            $"/posts/{Slug}?receipt=canary-query",
            "/tags/canary-tag",
            "/feed.xml",
            "/media/canary-file.jpg",
            "/canary-path",
            "/moderate/canary-path",
            "/comment/canary-path",
        ];
        foreach (var path in paths)
        {
            using var read = await SendAsync(handler, HttpMethod.Get, path);
        }

        using var other = await SendAsync(handler, new HttpMethod("CANARYMETHOD"), "/");
    }

    private static Task<HttpResponseMessage> SendAsync(
        PublishedHandler handler,
        HttpMethod method,
        string path,
        string? cookie = null,
        params (string Name, string Value)[] fields
    )
    {
        var request = PublishedHandler.CreateProxiedRequest(method, path, content: null);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(
                fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            );
            request.Headers.Add("Origin", "http://blog.test");
        }

        request.Headers.Add("Cookie", cookie ?? "canary=canary-query");
        request.Headers.Add("User-Agent", "canary-agent");
        request.Headers.Add("X-Forwarded-For", "203.0.113.77");
        request.Headers.Add("tracestate", "canary=canary-trace");
        request.Headers.Add("baggage", "canary=canary-trace");
        return handler.Http.SendAsync(request);
    }

    /// <summary>Previews and sends a comment, reads its receipt, and returns the path of the link in the mail.</summary>
    private async Task<string> CommentAsync(PublishedHandler handler, MailServer mails)
    {
        var page = await handler.ReadAsync($"/posts/{Slug}");
        using var preview = await SendAsync(handler, HttpMethod.Post, "/api/preview", null, ("comment", "canary-text"));
        using var sent = await SendAsync(
            handler,
            HttpMethod.Post,
            ContentBuilder.CommentFormPath(page),
            null,
            ("name", "CanaryName"),
            ("email", "canary-mail@example.com"),
            ("website", "https://canary-site.example/"),
            ("comment", "canary-text")
        );
        var receipt = sent.Headers.Location!.OriginalString.Split('#')[0];
        using var own = await SendAsync(handler, HttpMethod.Get, receipt);
        Assert.Contains("canary-text", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _canaries.Add(receipt.Split("receipt=")[1]);

        var mail = await mails.WaitForAsync(found => found.To.Contains(_author));
        return LinkIn(mail);
    }

    private static async Task ModerateAsync(PublishedHandler handler, string link)
    {
        using var opened = await SendAsync(handler, HttpMethod.Get, link);
        using var approved = await SendAsync(handler, HttpMethod.Post, link);

        Assert.Equal(HttpStatusCode.SeeOther, approved.StatusCode);
        await WaitForPageAsync(handler, $"/posts/{Slug}", page => page.Contains("CanaryName"));
    }

    private async Task SignInAsync(PublishedHandler handler, MailServer mails)
    {
        using var asked = await SendAsync(handler, HttpMethod.Post, "/moderate", null, ("email", _author));
        var link = LinkIn(
            await mails.WaitForAsync(found =>
                found.To.Contains(_author) && found.Subject.Contains("Sign in", StringComparison.Ordinal)
            )
        );
        using var opened = await SendAsync(handler, HttpMethod.Get, link);
        using var signedIn = await SendAsync(handler, HttpMethod.Post, link);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        _canaries.Add(cookie.Split('=')[1]);
        using var list = await SendAsync(handler, HttpMethod.Get, "/moderate", cookie);
        Assert.Contains("Signed in as CanaryName", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Sends a message that no function understands, and waits until it is given up.</summary>
    private static async Task FailAsync(string connection)
    {
        await SendAsync(connection, StorageNames.ModerationQueue, "canary-message");
        var poison = new QueueClient(connection, StorageNames.PoisonQueueOf(StorageNames.ModerationQueue));
        await TestBlog.WaitUntilAsync(
            async () => (await poison.PeekMessagesAsync()).Value.Length,
            count => count == 1,
            "the poison message"
        );
    }

    /// <summary>Lets a mail fail at a server that repeats the password in its refusal.</summary>
    private async Task MailWithPasswordAsync(string connection, OtlpReceiver receiver)
    {
        await using var server = new ScriptedServer(line =>
            line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-here\r\n250 AUTH PLAIN LOGIN"
            : line.StartsWith("AUTH", StringComparison.Ordinal) ? "535 canary-user, not with canary-password"
            : null
        );
        await using var handler = await PublishedHandler.StartAsync(
            connection,
            [
                .. receiver.Settings,
                .. Settings,
                ("Blog__Smtp", $"smtp://canary-user:canary-password@127.0.0.1:{server.Port}"),
            ]
        );
        using var asked = await SendAsync(handler, HttpMethod.Post, "/moderate", null, ("email", _author));
        await CallNextAsync(handler, connection, "SendSignInLink", StorageNames.SignInQueue);
        await CallNextAsync(handler, connection, "SendNotice", StorageNames.NotificationQueue);
        Assert.Contains(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private static async Task CallNextAsync(PublishedHandler handler, string connection, string function, string queue)
    {
        var (status, _, _) = await handler.CallAsync(
            function,
            InvocationPayload.Write(
                "message",
                await StorageAccounts.ReceiveAsync(connection, queue),
                sent: DateTimeOffset.UtcNow
            )
        );
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static Task WaitForPageAsync(PublishedHandler handler, string path, Func<string, bool> wanted) =>
        TestBlog.WaitUntilAsync(() => handler.ReadAsync(path), wanted, path);

    private string LinkIn(ReceivedMail mail)
    {
        var path = new Uri(Link().Match(mail.Text).Value).AbsolutePath;
        _canaries.Add(path.Split('/')[^1]);
        return path;
    }

    private static IEnumerable<string> Spellings(string canary) =>
        [canary, Uri.EscapeDataString(canary), Convert.ToBase64String(Encoding.UTF8.GetBytes(canary)).TrimEnd('=')];

    [GeneratedRegex(@"http://blog\.test/moderate/\S+")]
    private static partial Regex Link();
}

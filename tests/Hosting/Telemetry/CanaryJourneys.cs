using System.Net;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Notifications;

namespace ServerlessBlog.Tests.Hosting.Telemetry;

/// <summary>
/// The journeys of readers, commenters, moderators and authors on the published handler, with canaries: words that
/// occur nowhere else, in everything that they send and in every credential.
/// </summary>
internal sealed partial class CanaryJourneys(string connection, MailServer mails)
{
    private const string Slug = "canary-slug";

    private readonly string _author = $"canary-author-{Guid.NewGuid():N}@blog.test";

    /// <summary>The values that the journeys contained so far, in the spelling in which they were sent.</summary>
    public IReadOnlyList<string> Canaries => _canaries;

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
        Regex.Match(connection, "AccountName=([^;]+)").Groups[1].Value,
        Regex.Match(connection, "AccountKey=([^;]+)").Groups[1].Value,
    ];

    private (string Name, string Value)[] Settings =>
        [
            ("Blog__Authors", $"CanaryName <{_author}>"),
            ("Blog__Comments__Moderation", "true"),
            ("Blog__Comments__FloodSeconds", "1"),
        ];

    /// <summary>Starts the handler and its host.</summary>
    public Task<StandInHost> StartAsync((string Name, string Value)[] exporter) =>
        StandInHost.StartAsync(
            connection,
            handlersConnection: null,
            [.. exporter, .. Settings, ("Blog__Smtp", mails.SmtpAddress)]
        );

    /// <summary>Uploads a post, a broken one and a picture, and waits for the page.</summary>
    public async Task PublishAsync(PublishedHandler handler)
    {
        await UploadAsync(
            StorageNames.Posts,
            $"{Slug}.md",
            "---\ntitle: canary-title\nid: canary-id\ntags: [canary-tag]\n---\ncanary-text\n"u8.ToArray()
        );
        await UploadAsync(StorageNames.Posts, "canary-file.md", "canary-text"u8.ToArray());
        await UploadAsync(StorageNames.Media, "canary-file.jpg", TestPictures.Photo(600, 400));
        await WaitForPageAsync(handler, $"/posts/{Slug}", page => page.Contains("canary-text"));
    }

    private async Task UploadAsync(string container, string name, byte[] bytes)
    {
        await new BlobContainerClient(connection, container).UploadBlobAsync(name, BinaryData.FromBytes(bytes));
        await SendAsync(StorageNames.UploadQueue, BlobEvent.Create(container, name));
    }

    private Task SendAsync(string queue, string message) =>
        new QueueClient(
            connection,
            queue,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        ).SendMessageAsync(message);

    /// <summary>Reads pages, files and addresses that are none, with canaries in every header.</summary>
    public static async Task ReadAsync(PublishedHandler handler)
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

    /// <summary>Previews and sends a comment, reads its receipt, and returns the path of the mailed link.</summary>
    public async Task<string> CommentAsync(PublishedHandler handler)
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

    /// <summary>Approves the comment by the link from the mail.</summary>
    public static async Task ModerateAsync(PublishedHandler handler, string link)
    {
        using var opened = await SendAsync(handler, HttpMethod.Get, link);
        using var approved = await SendAsync(handler, HttpMethod.Post, link, null, ("act", "approve"));

        Assert.Equal(HttpStatusCode.SeeOther, approved.StatusCode);
        await WaitForPageAsync(handler, $"/posts/{Slug}", page => page.Contains("CanaryName"));
    }

    /// <summary>Signs in by a mailed link.</summary>
    public async Task SignInAsync(PublishedHandler handler)
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

    /// <summary>Subscribes, confirms, asks what is kept, erases it, and asks by one click for no more mail.</summary>
    public async Task SubscribeAsync(PublishedHandler handler)
    {
        var reader = $"canary-reader-{Guid.NewGuid():N}@example.com";
        _canaries.Add(reader);
        using var asked = await SendAsync(handler, HttpMethod.Post, "/subscribe", null, ("email", reader));
        var letter = await mails.WaitForAsync(mail => mail.To.Contains(reader));
        var page = LetterLinkIn(letter);
        foreach (var act in new[] { "confirm", "save", "unsubscribe" })
        {
            using var done = await SendAsync(handler, HttpMethod.Post, page, null, ("act", act), ("wants", "weekly"));
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        }

        using var clicked = await SendAsync(handler, HttpMethod.Post, page, null, ("List-Unsubscribe", "One-Click"));
        using var wondered = await SendAsync(handler, HttpMethod.Post, "/privacy", null, ("email", reader));
        var answer = await mails.WaitForAsync(mail =>
            mail.To.Contains(reader) && mail.Text.Contains("/privacy/", StringComparison.Ordinal)
        );
        var link = new Uri(PrivacyLink().Match(answer.Text).Value).AbsolutePath;
        _canaries.Add(link.Split('/')[^1]);
        foreach (var act in new[] { "download", "erase" })
        {
            using var done = await SendAsync(handler, HttpMethod.Post, link, null, ("act", act));
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }
    }

    private string LetterLinkIn(ReceivedMail letter)
    {
        var path = new Uri(letter.Header("List-Unsubscribe")!.Trim('<', '>')).AbsolutePath;
        _canaries.Add(path.Split('/')[^1]);
        return path;
    }

    [GeneratedRegex(@"http://blog\.test/privacy/\S+")]
    private static partial Regex PrivacyLink();

    /// <summary>Sends a message that no function understands, and waits until it is given up.</summary>
    public async Task FailAsync()
    {
        await SendAsync(StorageNames.ModerationQueue, "canary-message");
        var poison = new QueueClient(connection, StorageNames.PoisonQueueOf(StorageNames.ModerationQueue));
        await TestBlog.WaitUntilAsync(
            async () => (await poison.PeekMessagesAsync()).Value.Length,
            count => count == 1,
            "the poison message"
        );
    }

    /// <summary>Lets a mail fail at a server that repeats the password in its refusal.</summary>
    public async Task MailWithPasswordAsync((string Name, string Value)[] exporter)
    {
        await using var server = new ScriptedServer(line =>
            line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-here\r\n250 AUTH PLAIN LOGIN"
            : line.StartsWith("AUTH", StringComparison.Ordinal) ? "535 canary-user, not with canary-password"
            : null
        );
        await using var handler = await PublishedHandler.StartAsync(
            connection,
            [.. exporter, .. Settings, ("Blog__Smtp", $"smtp://canary-user:canary-password@127.0.0.1:{server.Port}")]
        );
        using var asked = await SendAsync(handler, HttpMethod.Post, "/moderate", null, ("email", _author));
        await CallNextAsync(handler, "SendSignInLink", StorageNames.SignInQueue);
        Assert.Contains(server.Lines, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private async Task CallNextAsync(PublishedHandler handler, string function, string queue)
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

    [GeneratedRegex(@"http://blog\.test/moderate/\S+")]
    private static partial Regex Link();
}

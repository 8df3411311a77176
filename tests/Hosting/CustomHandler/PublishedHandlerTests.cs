using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>
/// The output of <c>dotnet publish</c>, run as under the Functions host: with only its port, its settings and a
/// storage.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class PublishedHandlerTests
{
    private static readonly string[] PackagesWithNotices =
    [
        "Microsoft.AspNetCore.App",
        "Microsoft.NETCore.App",
        "SkiaSharp",
    ];

    [Fact]
    public async Task It_is_one_executable_with_two_libraries_and_a_function_json_for_each_function()
    {
        await PublishedHandler.PublishLogAsync();

        var files = Directory
            .GetFiles(PublishedHandler.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(PublishedHandler.Folder, file));
        var expected = Program
            .Functions.All.Select(function => $"{function.Name}/function.json")
            .Concat([
                "ServerlessBlog",
                "host.json",
                "libSkiaSharp.so",
                "libe_sqlite3.so",
                "LICENSE",
                "THIRD-PARTY-NOTICES.txt",
            ])
            .Concat(PackagesWithNotices.Select(package => $"THIRD-PARTY-NOTICES.{package}.txt"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
        foreach (var function in Program.Functions.All)
        {
            var written = await File.ReadAllTextAsync(
                Path.Combine(PublishedHandler.Folder, function.Name, "function.json")
            );
            Assert.True(JsonNode.DeepEquals(FunctionJsonFiles.Describe(function), JsonNode.Parse(written)), written);
        }
    }

    [Fact]
    public async Task Publishing_emits_no_warning_about_our_code()
    {
        var log = await PublishedHandler.PublishLogAsync();

        // Every line of the log ends with the project's path.
        Assert.DoesNotContain(log, line =>
            Warning().IsMatch(line)
            && ProjectPath().Replace(line, "").Contains("ServerlessBlog", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(log, line =>
            Warning().IsMatch(line) && ProjectPath().Replace(line, "").Contains("functions/", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_executable_does_not_contain_the_local_host()
    {
        await PublishedHandler.PublishLogAsync();
        var program = await File.ReadAllBytesAsync(PublishedHandler.Executable);

        Assert.True(Contains(program, nameof(FunctionTable)));
        Assert.False(Contains(program, nameof(QueuePump)));
        Assert.False(Contains(program, "Azurite"));
        Assert.False(Contains(program, "Cronos"));
        Assert.InRange(program.Length, 1, 60_000_000);
    }

    [Fact]
    public async Task A_post_is_served_and_a_comment_is_accepted_and_moderated()
    {
        var connection = await StandInHost.CreateStorageAsync();
        await using var handler = await PublishedHandler.StartAsync(
            connection,
            ("Blog__Comments__PreviouslyApproved", "false")
        );

        await PublishAsync(
            handler,
            connection,
            "hello.md",
            "---\ntitle: Grüße & more\ndate: 2026-01-02\ntags: [cafe\u0301]\n---\nSome *emphasis*.\n"
        );
        Assert.Contains(""" href="/posts/hello">""", await handler.ReadAsync("/"), StringComparison.Ordinal);
        // Not every version of the host adds X-Forwarded-Host.
        Assert.Equal(await handler.ReadAsync("/"), await handler.Http.GetStringAsync(new Uri("/", UriKind.Relative)));
        var before = await handler.ReadAsync("/posts/hello");
        Assert.Contains("Some <em>emphasis</em>.", before, StringComparison.Ordinal);

        using var sent = await handler.ProxyAsync(
            HttpMethod.Post,
            ContentBuilder.CommentFormPath(before),
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("website", ""),
                new("comment", "Well **said** <script>x</script>"),
            ])
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        await AssertSucceedsAsync(
            handler,
            "ModerateComment",
            await ReceivePayloadAsync(connection, StorageNames.ModerationQueue)
        );

        var after = await TestBlog.WaitUntilAsync(
            () => handler.ReadAsync("/posts/hello"),
            page => page.Contains("Well <strong>said</strong>", StringComparison.Ordinal),
            "the comment"
        );
        Assert.DoesNotContain("<script>x", after, StringComparison.Ordinal);
        // Globalization is invariant, so string.Normalize would do nothing here.
        using var tag = await handler.ProxyAsync(HttpMethod.Get, "/tags/cafe%CC%81");
        Assert.Equal("/tags/caf%C3%A9", tag.Headers.Location?.OriginalString);
        Assert.Contains("/posts/hello", await handler.ReadAsync("/tags/caf%C3%A9"), StringComparison.Ordinal);
        using var style = await handler.ProxyAsync(HttpMethod.Get, Style().Match(after).Groups["path"].Value);
        Assert.Equal("text/css", style.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Code_is_coloured_and_formulas_are_MathML()
    {
        var connection = await StandInHost.CreateStorageAsync();
        await using var handler = await PublishedHandler.StartAsync(connection);

        await PublishAsync(
            handler,
            connection,
            "hello.md",
            "---\ntitle: Hello\n---\n```cs\nreturn 1;\n```\n\n```html\n<p>\n```\n\nSo $\\frac{a}{b}$, not $\\nosuch$.\n"
        );

        var page = await handler.ReadAsync("/posts/hello");
        Assert.Contains("""<span class="k">return</span> <span class="m">1</span>;""", page, StringComparison.Ordinal);
        Assert.Contains("""&lt;<span class="n">p</span>&gt;""", page, StringComparison.Ordinal);
        Assert.Contains("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", page, StringComparison.Ordinal);
        Assert.Contains("""<span class="math">\(\nosuch\)</span>""", page, StringComparison.Ordinal);
        Assert.Contains(
            "Unsupported function name: \\nosuch.",
            (
                await new BlobContainerClient(connection, StorageNames.Reports)
                    .GetBlobClient("hello.md.txt")
                    .DownloadContentAsync()
            ).Value.Content.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_held_comment_is_mailed_and_approved_from_the_mail()
    {
        var connection = await StandInHost.CreateStorageAsync();
        var mails = await MailServer.SharedAsync();
        var author = $"ada-{Guid.NewGuid():N}@blog.test";
        await using var handler = await PublishedHandler.StartAsync(
            connection,
            ("Blog__Smtp", mails.SmtpAddress),
            ("Blog__Authors", $"Ada <{author}>")
        );
        await PublishAsync(handler, connection, "hello.md", "---\ntitle: Hello\n---\nText.\n");

        using var sent = await handler.ProxyAsync(
            HttpMethod.Post,
            ContentBuilder.CommentFormPath(await handler.ReadAsync("/posts/hello")),
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("website", ""),
                new("comment", "First time here"),
            ])
        );
        await AssertSucceedsAsync(
            handler,
            "ModerateComment",
            await ReceivePayloadAsync(connection, StorageNames.ModerationQueue)
        );
        var mail = await mails.WaitForAsync(received => received.To.Contains(author));
        var link = new Uri(ModerationLink().Match(mail.Text).Value);
        using var approved = await handler.ProxyAsync(
            HttpMethod.Post,
            link.AbsolutePath,
            new FormUrlEncodedContent([new("act", "approve")])
        );

        Assert.Equal(HttpStatusCode.SeeOther, approved.StatusCode);
        Assert.Contains(
            "First time here",
            await TestBlog.WaitUntilAsync(
                () => handler.ReadAsync("/posts/hello"),
                page => page.Contains("First time here", StringComparison.Ordinal),
                "the comment"
            ),
            StringComparison.Ordinal
        );
        // The path grants a right, so it is not logged.
        Assert.DoesNotContain(link.AbsolutePath, handler.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_is_served_without_its_camera_metadata()
    {
        var connection = await StandInHost.CreateStorageAsync();
        await using var handler = await PublishedHandler.StartAsync(connection);
        await new BlobContainerClient(connection, StorageNames.Media).UploadBlobAsync(
            "a.jpg",
            BinaryData.FromBytes(TestPictures.Photo(1200, 900))
        );

        using var whole = await handler.ProxyAsync(HttpMethod.Get, "/media/a.jpg");
        using var narrow = await handler.ProxyAsync(HttpMethod.Get, "/media/a.jpg?w=480");

        Assert.Equal(
            ("image/jpeg", "image/webp"),
            (whole.Content.Headers.ContentType!.MediaType, narrow.Content.Headers.ContentType!.MediaType)
        );
        Assert.DoesNotContain(
            TestPictures.CameraName,
            Encoding.Latin1.GetString(await whole.Content.ReadAsByteArrayAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_host_invokes_timers_and_failures_have_an_error_status()
    {
        await using var handler = await PublishedHandler.StartAsync(await StandInHost.CreateStorageAsync());

        foreach (var (timer, _) in Program.Functions.With<TimerTriggerAttribute>())
        {
            await AssertSucceedsAsync(
                handler,
                timer.Name,
                Encoding.UTF8.GetBytes(
                    """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"IsPastDue":false}},"Metadata":{}}"""
                )
            );
        }

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await handler.CallAsync("PublishPost", "no envelope"u8.ToArray())).Status
        );
        Assert.Equal(
            HttpStatusCode.InternalServerError,
            (await handler.CallAsync("PublishPost", InvocationPayload.Write("message", "no event"))).Status
        );
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await handler.CallAsync("PublishPost", new byte[InvocationPayload.MaxBytes + 1])).Status
        );
        Assert.InRange(
            (int)(await handler.CallAsync("NoSuchFunction", InvocationPayload.Write("message", "x"))).Status,
            400,
            499
        );
        Assert.InRange(
            (int)(await handler.CallAsync("ReadHome", InvocationPayload.Write("message", "x"))).Status,
            400,
            499
        );
        using var read = await handler.ProxyAsync(HttpMethod.Get, "/PublishPost");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);

        // The host turns each line into a log entry, so an exception is one line. There is no warning about
        // ASPNETCORE_URLS.
        var log = await TestBlog.WaitUntilAsync(
            () => Task.FromResult(handler.Run.Output),
            output => output.Contains("not a blob event", StringComparison.Ordinal),
            "the log"
        );
        Assert.All(log.Split('\n')[..^1], line =>
            Assert.Matches(@"^(fail: |warn: ServerlessBlog\.|info: ServerlessBlog\.)", line)
        );
    }

    [Fact]
    public async Task Without_storage_the_hosts_probe_and_readers_get_a_503()
    {
        await using var handler = await PublishedHandler.StartAsync(StorageAccounts.Unreachable);

        using var probe = await handler.Http.GetAsync(new Uri("/", UriKind.Relative));
        using var read = await handler.ProxyAsync(HttpMethod.Get, "/");

        // Any response tells the host that the handler has started.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, probe.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, read.StatusCode);
    }

    [Fact]
    public async Task On_SIGTERM_it_exits_with_0()
    {
        await using var handler = await PublishedHandler.StartAsync(StorageAccounts.Unreachable);

        await handler.Run.SignalAsync("TERM");

        Assert.Equal(0, await handler.Run.EndAsync());
    }

    [Fact]
    public async Task On_SIGTERM_it_finishes_requests_in_flight()
    {
        var connection = await StandInHost.CreateStorageAsync();
        await using var proxy = await StorageProxy.StartAsync(connection);
        using var isInFlight = new ManualResetEventSlim();
        using var mayContinue = new ManualResetEventSlim();
        proxy.ShouldCut = (call, isDone) =>
        {
            if (call.StartsWith("GET /posts/hello.md", StringComparison.Ordinal) && !isDone)
            {
                isInFlight.Set();
                mayContinue.Wait();
            }

            return false;
        };
        await using var handler = await PublishedHandler.StartAsync(proxy.Connection);
        var publishing = PublishAsync(handler, connection, "hello.md", "---\ntitle: Hello\n---\nText.\n");
        await TestBlog.WaitUntilAsync(() => Task.FromResult(isInFlight.IsSet), isSet => isSet, "the call");

        await handler.Run.SignalAsync("TERM");
        await TestBlog.WaitUntilAsync(
            async () =>
                await handler
                    .ProxyAsync(HttpMethod.Get, "/style.css")
                    .ContinueWith(read => read.IsFaulted, TaskScheduler.Default),
            isRefused => isRefused,
            "no new connection"
        );
        mayContinue.Set();

        await publishing;
        Assert.Equal(0, await handler.Run.EndAsync());
    }

    [Fact]
    public async Task Its_working_directory_is_its_own_folder_wherever_it_is_started()
    {
        await using var handler = await PublishedHandler.StartAsync(StorageAccounts.Unreachable);

        Assert.Equal(PublishedHandler.Folder, new FileInfo($"/proc/{handler.Run.Id}/cwd").LinkTarget);
    }

    [Fact]
    public async Task It_ends_soon_after_its_host_was_killed()
    {
        await PublishedHandler.PublishLogAsync();
        var port = PublishedHandler.FreePort();
        string[] shell = ["-c", "\"$0\" & echo \"Handler: $!\"; wait", PublishedHandler.Executable];
        await using var host = ProgramRun.Start(
            "sh",
            shell,
            PublishedHandler.Environment(StorageAccounts.Unreachable, port)
        );
        var handler = int.Parse(await host.LineAsync("Handler:"), System.Globalization.CultureInfo.InvariantCulture);
        using var http = new HttpClient();
        await TestBlog.WaitUntilAsync(
            async () =>
                await http.GetAsync(new Uri($"http://127.0.0.1:{port}/"))
                    .ContinueWith(probe => probe.IsCompletedSuccessfully, TaskScheduler.Default),
            isResponding => isResponding,
            "a response"
        );

        await host.SignalAsync("KILL");

        var waiting = Stopwatch.StartNew();
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(ProgramRun.IsRunning(handler)),
            isRunning => !isRunning,
            "the end of the process"
        );
        Assert.InRange(waiting.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // about 1 s on an idle machine
    }

    [Fact]
    public async Task Without_its_settings_it_prints_which_one_to_set()
    {
        await PublishedHandler.PublishLogAsync();
        await using var handler = ProgramRun.Start(
            PublishedHandler.Executable,
            [],
            [new(CustomHandlerHost.PortVariable, "7071")]
        );

        Assert.Equal(1, await handler.EndAsync());
        Assert.Equal(
            "The setting Blog__BaseUrl is missing: write the blog's address, such as https://blog.example.com.\n",
            handler.Errors
        );
    }

    /// <summary>Uploads a file and invokes the function with its event, as Event Grid and the host do.</summary>
    private static async Task PublishAsync(PublishedHandler handler, string connection, string name, string text)
    {
        await new BlobContainerClient(connection, StorageNames.Posts).UploadBlobAsync(
            name,
            BinaryData.FromString(text)
        );
        await AssertSucceedsAsync(
            handler,
            "PublishPost",
            InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Posts, name))
        );
    }

    private static async Task<byte[]> ReceivePayloadAsync(string connection, string queue) =>
        InvocationPayload.Write("message", await StorageAccounts.ReceiveAsync(connection, queue));

    private static async Task AssertSucceedsAsync(PublishedHandler handler, string function, byte[] envelope)
    {
        var result = await handler.CallAsync(function, envelope);

        Assert.Equal(
            (HttpStatusCode.OK, "application/json", """{"Outputs":{},"Logs":[],"ReturnValue":null}"""),
            result
        );
    }

    private static bool Contains(byte[] program, string text) =>
        program.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0
        || program.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    [GeneratedRegex(@"\bwarning\b", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();

    [GeneratedRegex(@"\[[^\[\]]*\.csproj\]$")]
    private static partial Regex ProjectPath();

    [GeneratedRegex("href=\"(?<path>/style\\.css[^\"]*)\"")]
    private static partial Regex Style();

    [GeneratedRegex(@"http://blog\.test/moderate/\S+")]
    private static partial Regex ModerationLink();
}

using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>
/// A blog run by the published handler, whose storage calls and SMTP traffic go through proxies. At the moment that a
/// test selects, the handler is killed with SIGKILL and restarted. A moment is a storage call, before or after storage
/// carries it out, or a chunk of SMTP traffic; by default only those after which storage is in another state: the first
/// call, each write that storage has carried out, and each chunk.
/// </summary>
internal sealed class CrashFixture : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _moments = [];
    private readonly StorageProxy _storage;
    private readonly SmtpProxy _smtp;
    private int _killAt;

    private CrashFixture(
        StorageProxy storage,
        SmtpProxy smtp,
        StandInHost host,
        TestBlog observer,
        string author,
        MailServer mails
    )
    {
        (_storage, _smtp, Host, Observer, Author, Mails) = (storage, smtp, host, observer, author, mails);
        _storage.ShouldCut = (call, isDone) =>
            // The site's revision is read at intervals, independently of the scenario, so those calls are not counted.
            !call.Contains("'site'", StringComparison.Ordinal)
            && (CountsAllCalls || Moments.Count == 0 || (isDone && IsWrite(call)))
            && IsKilledAt($"{(isDone ? "done" : "call")}: {call}");
        _smtp.ShouldCut = IsKilledAt;
    }

    /// <summary>
    /// Whether every call has two moments, as in the command <c>crashes</c> of tests/Benchmarks. To be set before the
    /// first <see cref="Arm"/>.
    /// </summary>
    public bool CountsAllCalls { get; init; }

    /// <summary>The stand-in host that runs the handler.</summary>
    public StandInHost Host { get; }

    /// <summary>
    /// Another instance on the same storage, without background services, for arranging and asserting.
    /// </summary>
    public TestBlog Observer { get; }

    /// <summary>The mail address that notifications of held comments go to.</summary>
    public string Author { get; }

    /// <summary>The mail server behind the SMTP proxy.</summary>
    public MailServer Mails { get; }

    /// <summary>
    /// The moments since <see cref="Arm"/>, oldest first. If the handler was killed, then at the last one.
    /// </summary>
    public IReadOnlyList<string> Moments
    {
        get
        {
            lock (_gate)
            {
                return [.. _moments];
            }
        }
    }

    /// <summary>
    /// The time at which the handler was killed; null when it was not killed since <see cref="Arm"/>.
    /// </summary>
    public DateTimeOffset? Killed { get; private set; }

    /// <summary>Starts the storage, the proxies, the handler and the second instance.</summary>
    public static Task<CrashFixture> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(countsAllCalls: false, settings);

    /// <summary>Starts the same; see <see cref="CountsAllCalls"/>.</summary>
    public static async Task<CrashFixture> StartAsync(
        bool countsAllCalls,
        params (string Name, string Value)[] settings
    )
    {
        var connection = await StandInHost.CreateStorageAsync();
        var author = $"ada-{Guid.NewGuid():N}@blog.test";
        var mails = await MailServer.SharedAsync();
        var (storage, smtp) = (await StorageProxy.StartAsync(connection), new SmtpProxy(mails.SmtpAddress));
        (string, string)[] all = [("Blog__Authors", $"Ada <{author}>"), ("Blog__Smtp", smtp.Address), .. settings];
        var host = await StandInHost.StartAsync(connection, storage.Connection, all);
        // Pages depend on these settings: both instances need the same ones to render the same page.
        var observerSettings = new Dictionary<string, string?>
        {
            ["Blog:Title"] = "Published blog",
            ["Blog:Authors"] = $"Ada <{author}>",
            ["Blog:Comments:PreviouslyApproved"] = "true", // the handler's default; TestBlog's is false
        };
        foreach (var (name, value) in settings)
        {
            observerSettings[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        var observer = await TestBlog.StartAsync(
            observerSettings,
            connection: connection,
            options: TestBlog.IdleHostOptions
        );
        return new CrashFixture(storage, smtp, host, observer, author, mails) { CountsAllCalls = countsAllCalls };
    }

    /// <summary>Starts counting moments; the handler is killed at this one, counted from 1.</summary>
    public void Arm(int moment)
    {
        lock (_gate)
        {
            _moments.Clear();
            (_killAt, Killed) = (moment, null);
        }
    }

    /// <summary>Cancels a kill that has not happened yet.</summary>
    public void Disarm()
    {
        lock (_gate)
        {
            _killAt = 0;
        }
    }

    /// <summary>Uploads a post and sends its event as Event Grid does.</summary>
    public async Task<Upload> UploadAsync(string name, string text)
    {
        var done = await new BlobContainerClient(Observer.Connection, StorageNames.Posts)
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(text), overwrite: true);
        var message = BlobEvent.Create(StorageNames.Posts, name, id: Guid.NewGuid().ToString());
        await Observer.Get<BlogStorage>().Queue(StorageNames.UploadQueue).SendMessageAsync(message);
        return new Upload(name, done.Value.ETag.ToString(), message);
    }

    /// <summary>Waits until the report is about this version.</summary>
    public Task WaitForReportAsync(Upload upload) =>
        TestBlog.WaitUntilAsync(
            () => Observer.Get<ReportFiles>().FindAsync(upload.Name, CancellationToken.None),
            report => report?.SourceVersion == upload.Version,
            $"the report on {upload.Name}. {this}"
        );

    /// <summary>Waits until the report is about this version and the message will not come again.</summary>
    public async Task WaitForPublishAsync(Upload upload)
    {
        await WaitForReportAsync(upload);
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(Host.HasHandled(upload.Message)),
            isHandled => isHandled,
            $"the message about {upload.Name} is handled. {this}"
        );
    }

    /// <summary>Waits until a queue holds no messages, invisible ones included.</summary>
    public Task WaitForEmptyQueueAsync(string queue) =>
        TestBlog.WaitUntilAsync(
            async () =>
                (await new QueueClient(Observer.Connection, queue).GetPropertiesAsync()).Value.ApproximateMessagesCount,
            count => count == 0,
            $"{queue} empty"
        );

    /// <summary>Gets a page from the handler, whatever its status. Retries while the handler is down.</summary>
    public async Task<string> ReadAsync(string path)
    {
        while (true)
        {
            try
            {
                return await (await Host.HandlerAsync()).ReadAsync(path);
            }
            catch (HttpRequestException)
            {
                // The handler has just been killed: retry.
            }
        }
    }

    /// <summary>
    /// Waits until the served page of the post equals a fresh rendering from storage, and returns it.
    /// </summary>
    public Task<string> WaitForFreshPageAsync(string path, PostId post) =>
        WaitForFreshPageAsync(path, () =>
            Observer.Get<PostPageRenderer>().RenderAsync(post, CommentsPage.First, CancellationToken.None)
        );

    /// <summary>Waits until the served home page equals a fresh rendering from storage, and returns it.</summary>
    public Task<string> WaitForFreshHomePageAsync() =>
        WaitForFreshPageAsync("/", () => Observer.Get<ListPageRenderer>().HomeAsync(1, CancellationToken.None));

    /// <summary>Asserts that every poison queue is empty.</summary>
    public async Task AssertNoPoisonMessagesAsync()
    {
        foreach (var queue in StorageNames.Queues)
        {
            var poison = await new QueueClient(
                Observer.Connection,
                StorageNames.PoisonQueueOf(queue)
            ).PeekMessagesAsync();
            Assert.True(poison.Value.Length == 0, $"{queue} has a poison message. {this}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Killed at moment {(Killed is null ? 0 : Moments.Count)}. What passed:\n{string.Join('\n', Moments)}"
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Observer.DisposeAsync();
        await _storage.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    private async Task<string> WaitForFreshPageAsync(string path, Func<Task<RenderedPage?>> render)
    {
        var (page, _) = await TestBlog.WaitUntilAsync<(string Page, string Fresh)>(
            async () => await ReadPageAsync(path) is { } page ? (page, await RenderAsync(render)) : ("no page", "yet"),
            both => both.Page == both.Fresh,
            $"{path} like a fresh rendering. {this}"
        );
        return page;
    }

    /// <summary>
    /// Reads a page. Null while storage is too slow, after a second's pause: otherwise the fresh renderings alone would
    /// keep the emulator that slow.
    /// </summary>
    private async Task<string?> ReadPageAsync(string path)
    {
        var page = await ReadAsync(path);
        if (!page.Contains("<h1>This did not work</h1>", StringComparison.Ordinal))
        {
            return page;
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        return null;
    }

    /// <summary>
    /// Renders a page. A storage error, as may happen on a busy machine, becomes the result, so that the caller
    /// retries.
    /// </summary>
    private static async Task<string> RenderAsync(Func<Task<RenderedPage?>> render)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString((await render())!.Bytes);
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            return problem.Message;
        }
    }

    private static bool IsWrite(string call) => !call.StartsWith("GET ", StringComparison.Ordinal);

    private bool IsKilledAt(string moment)
    {
        lock (_gate)
        {
            if (Killed is null)
            {
                _moments.Add(moment);
            }

            if (_killAt == 0 || Killed is not null || _moments.Count != _killAt)
            {
                return false;
            }

            Killed = DateTimeOffset.UtcNow; // set before the kill can be observed
            Host.Kill();
            return true;
        }
    }
}

/// <summary>An upload of a post.</summary>
/// <param name="Name">The name of the blob.</param>
/// <param name="Version">The blob's ETag.</param>
/// <param name="Message">The event in the queue; no other has the same text.</param>
internal sealed record Upload(string Name, string Version, string Message);

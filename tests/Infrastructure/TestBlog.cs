using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A complete blog with a storage account of its own, run by the local host in this process on a port that the kernel
/// chooses.
/// </summary>
public sealed class TestBlog : IAsyncDisposable
{
    /// <summary>
    /// Maximum time to wait for a condition: 90 s. Generous, since only a failing test waits so long.
    /// </summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly LocalBlog _blog;

    /// <summary>
    /// Options of a local host that does nothing by itself: it polls no queue, watches no uploads and fires no timer.
    /// </summary>
    internal static LocalHostOptions IdleHostOptions { get; } =
        new()
        {
            PollsOnSend = false,
            PollingInterval = TimeSpan.FromDays(1),
            UploadPollingInterval = TimeSpan.FromDays(1),
        };

    private TestBlog(LocalBlog blog, string connection, string mailFolder, StorageCalls calls)
    {
        (_blog, Connection, MailFolder, Calls) = (blog, connection, mailFolder, calls);
        Http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }
        )
        {
            BaseAddress = blog.Address,
        };
    }

    /// <summary>A client of the blog; follows no redirects and decompresses nothing.</summary>
    public HttpClient Http { get; }

    /// <summary>The address that the blog listens on.</summary>
    public Uri Address => _blog.Address;

    /// <summary>The storage's connection string.</summary>
    public string Connection { get; }

    /// <summary>The folder that mails are written to as .eml files, unless the settings name an SMTP server.</summary>
    public string MailFolder { get; }

    /// <summary>The calls that the blog makes to its storage: recorded, and failed or delayed on demand.</summary>
    public StorageCalls Calls { get; }

    /// <summary>Starts a blog.</summary>
    /// <param name="settings">Settings in addition to the tests' defaults, which approve unknown commenters; named as
    /// configuration keys, such as Blog:Comments:MaxLinks.</param>
    /// <param name="clock">The clock of the blog; null for the system clock.</param>
    /// <param name="connection">The connection string of another test blog's storage, in which that blog alone goes on
    /// announcing uploads; null for a fresh storage.</param>
    /// <param name="options">The intervals of the local host; null for the defaults with retries after 200 ms.</param>
    /// <param name="compose">A callback that replaces services; null for none.</param>
    /// <param name="announcesUploads">Whether this blog announces uploads; null for the rule of
    /// <paramref name="connection"/>.</param>
    public static async Task<TestBlog> StartAsync(
        Dictionary<string, string?>? settings = null,
        TimeProvider? clock = null,
        string? connection = null,
        LocalHostOptions? options = null,
        Action<IServiceCollection>? compose = null,
        bool? announcesUploads = null
    )
    {
        var announces = announcesUploads ?? connection is null;
        connection ??= await StorageAccounts.NewAccountAsync();
        var calls = new StorageCalls();
        var mail = Path.Combine(Path.GetTempPath(), $"blog-mail-{Guid.NewGuid():N}");
        var all = new Dictionary<string, string?>
        {
            ["Blog:Title"] = "Test blog",
            ["Blog:BaseUrl"] = "http://blog.test",
            ["Blog:Authors"] = "Ada <ada@blog.test>",
            ["Blog:Secret"] = new string('s', 40),
            ["Blog:MailFolder"] = mail,
            ["Blog:Comments:PreviouslyApproved"] = "false",
            ["Blog:Comments:FormSeconds"] = "0",
            ["Blog:Comments:FloodSeconds"] = "0",
            ["Blog:Comments:MailMinutes"] = "0",
            ["Blog:Comments:MaxPerDay"] = "0",
            ["Blog:MediaGigabytesPerDay"] = "0",
            ["Blog:SearchesPerDay"] = "0",
            [StorageNames.Connection] = connection,
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var blog = await LocalBlog.StartAsync(
            port: 0,
            all,
            options ?? new LocalHostOptions { RetryDelay = TimeSpan.FromMilliseconds(200) },
            new AnnouncedUploads(null),
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.None);
                builder.Services.AddSingleton<HttpPipelinePolicy>(calls);
                if (clock is not null)
                {
                    builder.Services.Replace(ServiceDescriptor.Singleton(clock));
                }

                if (clock is not null || options == IdleHostOptions)
                {
                    // The pause would not end, or no verdict would come.
                    builder.Services.Replace(ServiceDescriptor.Singleton(VerdictWaitTimes.None));
                }

                if (!announces)
                {
                    RemoveService<UploadWatcher>(builder.Services);
                }

                if (options == IdleHostOptions)
                {
                    RemoveService<TimerPump>(builder.Services);
                    RemoveService<QueuePump>(builder.Services); // it polls once when it starts, whatever its interval
                }

                compose?.Invoke(builder.Services);
            },
            CancellationToken.None
        );
        return new TestBlog(blog, connection, mail, calls);
    }

    /// <summary>
    /// Removes a background service of the local host that would interfere with the test, such as the one that fires
    /// timers when the clock is advanced.
    /// </summary>
    internal static void RemoveService<T>(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(T)));

    /// <summary>Gets one of the blog's services.</summary>
    public T Get<T>()
        where T : notnull => _blog.Services.GetRequiredService<T>();

    /// <summary>Uploads a post as an author does, and waits for the report on exactly this upload.</summary>
    public async Task<UploadReport> UploadAsync(string name, string text)
    {
        var done = await new BlobContainerClient(Connection, StorageNames.Posts)
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(text), overwrite: true);
        return await ReportAsync(name, done.Value.ETag.ToString());
    }

    /// <summary>Uploads any other file as an author does, and waits for the report on exactly this upload.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="bytes">The blob's content.</param>
    /// <param name="container">The container: media or posts.</param>
    public async Task<UploadReport> UploadAsync(string name, byte[] bytes, string container = StorageNames.Media)
    {
        var done = await new BlobContainerClient(Connection, container)
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        return await ReportAsync(UploadReport.SourceFor(container, name), done.Value.ETag.ToString());
    }

    /// <summary>Deletes a file as an author does, and waits for the report on its deletion.</summary>
    public async Task<UploadReport> DeleteAsync(string name, string container = StorageNames.Posts)
    {
        await new BlobContainerClient(Connection, container).DeleteBlobAsync(name);
        return await ReportAsync(UploadReport.SourceFor(container, name), UploadReport.NoSource);
    }

    /// <summary>Publishes a post at /posts/{slug} and returns its id.</summary>
    public async Task<PostId> PublishAsync(string slug, string title = "A post", string body = "Some text.")
    {
        var report = await UploadAsync($"{slug}.md", $"---\ntitle: {title}\ndate: 2026-01-02\n---\n{body}\n");
        return report.Outcome == UploadOutcome.Published
            ? PostId.FromBlobName($"{slug}.md")
            : throw new InvalidOperationException(report.ToText());
    }

    /// <summary>Posts the comment form.</summary>
    public Task<HttpResponseMessage> CommentAsync(
        PostId post,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        string website = "",
        int? replyTo = null,
        bool wantsReplies = false
    ) =>
        Http.PostAsync(
            $"/posts/{post}/comments",
            new FormUrlEncodedContent([
                new("name", name),
                new("email", email),
                new("website", website),
                new("comment", text),
                new("answers", $"{replyTo}"),
                .. wantsReplies ? [new("replies", "yes")] : Array.Empty<KeyValuePair<string, string>>(),
            ])
        );

    /// <summary>
    /// Has the next request for each page wait for its present state, as a moderator's or writer's request does. To be
    /// called after a change that the test makes by calling the program's classes.
    /// </summary>
    public void ExpireHotPages() => Get<ChangeCounter>().Expire();

    /// <summary>Gets the body of the page at this path, whatever its status.</summary>
    public async Task<string> ReadAsync(string path) => await (await Http.GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>
    /// Gets a page repeatedly until it satisfies a condition. A fake clock is advanced by 100 ms after each page that
    /// does not, so that what another instance has changed is read.
    /// </summary>
    public Task<string> ReadUntilAsync(string path, Func<string, bool> wanted) =>
        WaitUntilAsync(
            async () =>
            {
                var page = await ReadAsync(path);
                if (!wanted(page) && Get<TimeProvider>() is FakeTimeProvider clock)
                {
                    clock.Advance(TimeSpan.FromMilliseconds(100));
                }

                return page;
            },
            wanted,
            $"the expected page {path}"
        );

    /// <summary>
    /// Evaluates a function every 25 ms until its result satisfies a condition, and returns that result.
    /// </summary>
    /// <exception cref="TimeoutException">The condition was not met within 90 s; the message contains the last
    /// result.</exception>
    public static async Task<T> WaitUntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var result = await ask();
            if (wanted(result))
            {
                return result;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {Deadline.TotalSeconds} s: {what}. The last was: {result}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25));
        }
    }

    /// <summary>Waits for this many mails in the mail folder and returns all that are there.</summary>
    public async Task<IReadOnlyList<MimeKit.MimeMessage>> MailsAsync(int atLeast = 1)
    {
        var files = await WaitUntilAsync(
            () => Task.FromResult(Directory.Exists(MailFolder) ? Directory.GetFiles(MailFolder, "*.eml") : []),
            found => found.Length >= atLeast,
            $"{atLeast} mails"
        );
        return await Task.WhenAll(files.Select(file => MimeKit.MimeMessage.LoadAsync(file)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _blog.DisposeAsync();
        if (Directory.Exists(MailFolder))
        {
            Directory.Delete(MailFolder, recursive: true);
        }
    }

    private async Task<UploadReport> ReportAsync(string name, string version)
    {
        var reports = Get<ReportFiles>();
        var report = await WaitUntilAsync(
            () => reports.FindAsync(name, CancellationToken.None),
            found => found?.SourceVersion == version,
            $"the report on {name}"
        );
        return report!;
    }
}

using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A whole blog on a storage of its own, with the local host beside it, on a port that the kernel chose.</summary>
public sealed class TestBlog : IAsyncDisposable
{
    /// <summary>Generous: only a failing test waits it out.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly LocalBlog _blog;

    /// <summary>A local host that does nothing by itself; it calls no timer, either.</summary>
    internal static LocalHostOptions Still { get; } =
        new()
        {
            IsListening = false,
            Poll = TimeSpan.FromDays(1),
            Watch = TimeSpan.FromDays(1),
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

    /// <summary>Speaks to the blog; follows no redirects, decompresses nothing.</summary>
    public HttpClient Http { get; }

    /// <summary>Where the blog is.</summary>
    public Uri Address => _blog.Address;

    /// <summary>The storage's connection string.</summary>
    public string Connection { get; }

    /// <summary>Where mail is written as .eml, unless the settings name a server.</summary>
    public string MailFolder { get; }

    /// <summary>Every call the blog makes to its storage.</summary>
    public StorageCalls Calls { get; }

    /// <summary>Starts a blog.</summary>
    /// <param name="settings">Over the tests' defaults, which approve every writer: spelled as configuration keys, such as Blog:Comments:MaxLinks.</param>
    /// <param name="clock">In place of the system's.</param>
    /// <param name="connection">A storage that another blog has, which goes on announcing its uploads; null for a fresh one.</param>
    /// <param name="options">How the local host waits.</param>
    /// <param name="compose">Replaces services.</param>
    public static async Task<TestBlog> StartAsync(
        Dictionary<string, string?>? settings = null,
        TimeProvider? clock = null,
        string? connection = null,
        LocalHostOptions? options = null,
        Action<IServiceCollection>? compose = null
    )
    {
        var announces = connection is null;
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
            [StorageNames.Connection] = connection,
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var blog = await LocalBlog.StartAsync(
            port: 0,
            all,
            options ?? new LocalHostOptions { Retry = TimeSpan.FromMilliseconds(200) },
            new AnnouncedUploads(null),
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.None);
                builder.Services.AddSingleton<HttpPipelinePolicy>(calls);
                if (clock is not null)
                {
                    builder.Services.Replace(ServiceDescriptor.Singleton(clock));
                }

                if (!announces)
                {
                    Without<UploadWatcher>(builder.Services);
                }

                if (options == Still)
                {
                    Without<TimerPump>(builder.Services);
                }

                compose?.Invoke(builder.Services);
            },
            CancellationToken.None
        );
        return new TestBlog(blog, connection, mail, calls);
    }

    /// <summary>Takes a part of the local host away, which would do beside a test what the test does: such as call timers once the clock is moved.</summary>
    internal static void Without<T>(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(T)));

    /// <summary>One of the blog's services.</summary>
    public T Get<T>()
        where T : notnull => _blog.Services.GetRequiredService<T>();

    /// <summary>Uploads a post as its author would, and waits for the report on exactly this upload.</summary>
    public async Task<UploadReport> UploadAsync(string name, string text)
    {
        var done = await new BlobContainerClient(Connection, StorageNames.Posts)
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(text), overwrite: true);
        return await ReportAsync(name, done.Value.ETag.ToString());
    }

    /// <summary>Uploads any other file as its author would, and waits for the report on exactly this upload.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="container">Where to: media or posts.</param>
    public async Task<UploadReport> UploadAsync(string name, byte[] bytes, string container = StorageNames.Media)
    {
        var done = await new BlobContainerClient(Connection, container)
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        return await ReportAsync(UploadReport.SourceOf(container, name), done.Value.ETag.ToString());
    }

    /// <summary>Deletes a file, and waits for the report.</summary>
    public async Task<UploadReport> DeleteAsync(string name, string container = StorageNames.Posts)
    {
        await new BlobContainerClient(Connection, container).DeleteBlobAsync(name);
        return await ReportAsync(UploadReport.SourceOf(container, name), UploadReport.NoSource);
    }

    /// <summary>Publishes a post of this title at /posts/{slug}. Answers its id.</summary>
    public async Task<PostId> PublishAsync(string slug, string title = "A post", string body = "Some text.")
    {
        var report = await UploadAsync($"{slug}.md", $"---\ntitle: {title}\ndate: 2026-01-02\n---\n{body}\n");
        return report.Outcome == UploadOutcome.Published
            ? PostId.OfFile($"{slug}.md")
            : throw new InvalidOperationException(report.ToText());
    }

    /// <summary>Sends the comment form.</summary>
    public Task<HttpResponseMessage> CommentAsync(
        PostId post,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        string website = ""
    ) =>
        Http.PostAsync(
            $"/posts/{post}/comments",
            new FormUrlEncodedContent([
                new("name", name),
                new("email", email),
                new("website", website),
                new("comment", text),
            ])
        );

    /// <summary>The page at this path, whatever its status.</summary>
    public async Task<string> ReadAsync(string path) => await (await Http.GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>Reads a page again and again until it is as wanted. A clock that stands is moved by 100 ms after each other one: what changes too fast is not made at once.</summary>
    public Task<string> ReadUntilAsync(string path, Func<string, bool> wanted) =>
        UntilAsync(
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
            $"{path} as wanted"
        );

    /// <summary>Asks again and again until the answer is as wanted.</summary>
    /// <exception cref="TimeoutException">It was not within 90 s; the message holds the last answer.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var answer = await ask();
            if (wanted(answer))
            {
                return answer;
            }

            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {Deadline.TotalSeconds} s: {what}. The last was: {answer}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25));
        }
    }

    /// <summary>The mails written so far, once there are this many.</summary>
    public async Task<IReadOnlyList<MimeKit.MimeMessage>> MailsAsync(int atLeast = 1)
    {
        var files = await UntilAsync(
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
        var report = await UntilAsync(
            () => reports.FindAsync(name, CancellationToken.None),
            found => found?.SourceVersion == version,
            $"the report on {name}"
        );
        return report!;
    }
}

using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>The program as it is now on the storage of a folder in <c>tests/data/upgrade</c>, a minute after it was left.</summary>
internal sealed class UpgradedBlog : IAsyncDisposable
{
    private static readonly string Root = Path.Combine(RepositoryRoot.Find(), "tests", "data", "upgrade");

    private UpgradedBlog(TestBlog blog, FakeTimeProvider clock, IReadOnlyDictionary<string, string> held)
    {
        (Blog, Clock, Held) = (blog, clock, new Dictionary<string, string>(held));
        People = new ScenePeople(blog, clock, Held);
    }

    /// <summary>The names of all folders.</summary>
    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public TestBlog Blog { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>What people hold, see <see cref="SnapshotInfo"/>.</summary>
    public Dictionary<string, string> Held { get; }

    public ScenePeople People { get; }

    /// <summary>Fills a storage account and starts the blog on it.</summary>
    /// <param name="folder">One of <see cref="Folders"/>.</param>
    /// <param name="answers">Whether messages are answered, those that waited among them.</param>
    public static async Task<UpgradedBlog> StartAsync(string folder, bool answers)
    {
        var connection = await StorageAccounts.NewAccountAsync();
        await StorageSnapshot.LoadAsync(Path.Combine(Root, folder), connection);
        var info = await SnapshotInfo.ReadAsync(Path.Combine(Root, folder));
        var clock = new FakeTimeProvider(info.Time + TimeSpan.FromMinutes(1));
        var blog = answers
            ? await TestBlog.StartAsync(
                new(info.Settings),
                clock,
                connection,
                new LocalHostOptions { Retry = TimeSpan.FromMilliseconds(200) },
                TestBlog.Without<TimerPump>
            )
            : await TestBlog.StartAsync(
                new(info.Settings),
                clock,
                connection,
                TestBlog.Still,
                TestBlog.Without<QueuePump>
            );
        return new UpgradedBlog(blog, clock, info.Held);
    }

    /// <summary>Status and, of a redirect, where to.</summary>
    public async Task<string> StatusAsync(string path)
    {
        using var answer = await Blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)answer.StatusCode} {answer.Headers.Location}".Trim();
    }

    /// <summary>Reads a page until it has these words.</summary>
    public Task<string> ReadUntilAsync(string path, string words) =>
        Blog.ReadUntilAsync(path, page => page.Contains(words, StringComparison.Ordinal));

    /// <summary>Reads a moderator's page of a comment until it has these words.</summary>
    public Task<string> StoryUntilAsync(string what, string words) =>
        TestBlog.UntilAsync(
            () => People.ReadStoryAsync(what),
            page => page.Contains(words, StringComparison.Ordinal),
            $"the story of {what} says {words}"
        );

    /// <summary>Uploads a post, announces it as Event Grid does, and waits for the report. Answers its text.</summary>
    public async Task<string> UploadAsync(string name, string text)
    {
        var done = await new BlobContainerClient(Blog.Connection, "posts")
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(text), overwrite: true);
        await Blog.Get<BlogStorage>().Queue("uploads").SendMessageAsync(BlobEvent.Create("posts", name));
        var report = new BlobContainerClient(Blog.Connection, "reports").GetBlobClient(name + ".txt");
        return await TestBlog.UntilAsync(
            async () =>
                await report.ExistsAsync() ? (await report.DownloadContentAsync()).Value.Content.ToString() : "",
            read => read.Contains(done.Value.ETag.ToString(), StringComparison.Ordinal),
            $"the report on {name}"
        );
    }

    /// <summary>Calls every timer function once, as it would be some time later.</summary>
    public async Task RunTimersAsync()
    {
        foreach (var (function, _) in Blog.Get<FunctionTable>().With<TimerTriggerAttribute>())
        {
            await Blog.Get<TriggerInvoker>()
                .InvokeAsync(function.Name, InvocationPayload.Write(function.Parameter, "{}"), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Blog.DisposeAsync();
}

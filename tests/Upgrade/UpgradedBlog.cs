using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// The current program on the storage of a folder in <c>tests/data/upgrade</c>, one minute after the snapshot.
/// </summary>
internal sealed class UpgradedBlog : IAsyncDisposable
{
    private static readonly string Root = Path.Combine(RepositoryRoot.Find(), "tests", "data", "upgrade");

    private UpgradedBlog(TestBlog blog, FakeTimeProvider clock, IReadOnlyDictionary<string, string> credentials)
    {
        (Blog, Clock, Credentials) = (blog, clock, new Dictionary<string, string>(credentials));
        People = new PeopleDriver(blog, clock, Credentials);
    }

    /// <summary>The names of all snapshot folders.</summary>
    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>The blog of the current program.</summary>
    public TestBlog Blog { get; }

    /// <summary>The clock of the blog.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>What people hold outside the storage, see <see cref="SnapshotInfo"/>.</summary>
    public Dictionary<string, string> Credentials { get; }

    /// <summary>The commenters and the moderator.</summary>
    public PeopleDriver People { get; }

    /// <summary>Loads the snapshot into a storage account of its own and starts the blog on it.</summary>
    /// <param name="folder">One of <see cref="Folders"/>.</param>
    /// <param name="processesQueues">Whether queue messages are processed, including those that waited.</param>
    public static async Task<UpgradedBlog> StartAsync(string folder, bool processesQueues)
    {
        var connection = await StorageAccounts.NewAccountAsync();
        await StorageSnapshot.LoadAsync(Path.Combine(Root, folder), connection);
        var info = await SnapshotInfo.ReadAsync(Path.Combine(Root, folder));
        var clock = new FakeTimeProvider(info.Time + TimeSpan.FromMinutes(1));
        var blog = processesQueues
            ? await TestBlog.StartAsync(
                new(info.Settings),
                clock,
                connection,
                new LocalHostOptions { RetryDelay = TimeSpan.FromMilliseconds(200) },
                TestBlog.RemoveService<TimerPump>
            )
            : await TestBlog.StartAsync(new(info.Settings), clock, connection, TestBlog.IdleHostOptions);
        return new UpgradedBlog(blog, clock, info.Credentials);
    }

    /// <summary>The status code and, for a redirect, its target: "301 /posts/a".</summary>
    public async Task<string> StatusAsync(string path)
    {
        using var response = await Blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)response.StatusCode} {response.Headers.Location}".Trim();
    }

    /// <summary>Reads a page until it contains a text.</summary>
    public Task<string> ReadUntilAsync(string path, string text) =>
        Blog.ReadUntilAsync(path, page => page.Contains(text, StringComparison.Ordinal));

    /// <summary>Reads the page of a comment in the admin area until it contains a text.</summary>
    public Task<string> ReadCommentPageUntilAsync(string label, string text) =>
        TestBlog.WaitUntilAsync(
            () => People.ReadCommentPageAsync(label),
            page => page.Contains(text, StringComparison.Ordinal),
            $"the comment page of {label} contains {text}"
        );

    /// <summary>
    /// Uploads a post, sends its blob event as Event Grid does, and waits for the report. Returns the text of the
    /// report.
    /// </summary>
    public async Task<string> UploadAsync(string name, string text)
    {
        var uploaded = await new BlobContainerClient(Blog.Connection, "posts")
            .GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(text), overwrite: true);
        await Blog.Get<BlogStorage>().Queue("uploads").SendMessageAsync(BlobEvent.Create("posts", name));
        var report = new BlobContainerClient(Blog.Connection, "reports").GetBlobClient(name + ".txt");
        return await TestBlog.WaitUntilAsync(
            async () =>
                await report.ExistsAsync() ? (await report.DownloadContentAsync()).Value.Content.ToString() : "",
            read => read.Contains(uploaded.Value.ETag.ToString(), StringComparison.Ordinal),
            $"the report on {name}"
        );
    }

    /// <summary>Runs every timer function once.</summary>
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

using System.Text;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>A blog whose local host announces no uploads and calls no timer: the test delivers the messages itself, as often and in the order it likes.</summary>
public sealed class PublishingFixture : IAsyncDisposable
{
    private readonly BlobContainerClient _files;

    private PublishingFixture(TestBlog blog) =>
        (Blog, _files) = (blog, new BlobContainerClient(blog.Connection, StorageNames.Posts));

    public TestBlog Blog { get; }

    public static async Task<PublishingFixture> StartAsync(
        TimeProvider? clock = null,
        string? connection = null,
        Dictionary<string, string?>? settings = null
    ) =>
        new(
            await TestBlog.StartAsync(
                settings,
                clock,
                connection,
                options: new LocalHostOptions { Watch = TimeSpan.FromHours(1) },
                compose: TestBlog.Without<TimerPump>
            )
        );

    /// <summary>A post as text.</summary>
    public static string Text(string title, string? more = null, string body = "Some text.") =>
        $"---\ntitle: {title}\ndate: 2026-01-02\n{more}{(more is null ? "" : "\n")}---\n{body}\n";

    /// <summary>Puts a file into the container. Answers its ETag. Nothing is announced.</summary>
    public Task<string> PutAsync(string name, string text) => PutAsync(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Puts a file into the container. Answers its ETag. Nothing is announced.</summary>
    public async Task<string> PutAsync(string name, byte[] bytes) =>
        (
            await _files.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true)
        ).Value.ETag.ToString();

    /// <summary>Takes a file out of the container. Nothing is announced.</summary>
    public Task TakeAsync(string name) => _files.DeleteBlobIfExistsAsync(name);

    /// <summary>Delivers a message about a file, as the Functions host does.</summary>
    public Task DeliverAsync(string name) =>
        Blog.Get<TriggerInvoker>()
            .InvokeAsync(
                nameof(PublishPost),
                InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Posts, name)),
                CancellationToken.None
            );

    /// <summary>Runs the timer function that publishes what is due.</summary>
    public Task PublishDueAsync() =>
        Blog.Get<TriggerInvoker>()
            .InvokeAsync("PublishDue", InvocationPayload.Write("timer", "{}"), CancellationToken.None);

    /// <summary>Puts a file and delivers its message. Answers the report, which is about exactly this file.</summary>
    public async Task<UploadReport> PublishAsync(string name, string text)
    {
        var version = await PutAsync(name, text);
        await DeliverAsync(name);
        var report = await ReportAsync(name);
        Assert.Equal(version, report.SourceVersion);
        return report;
    }

    /// <summary>Takes a file out of the container and delivers its message. Answers the report.</summary>
    public async Task<UploadReport> WithdrawAsync(string name)
    {
        await TakeAsync(name);
        await DeliverAsync(name);
        return await ReportAsync(name);
    }

    /// <summary>The last report on a file.</summary>
    public async Task<UploadReport> ReportAsync(string name) =>
        await Blog.Get<ReportFiles>().FindAsync(name, CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no report on {name}.");

    /// <summary>The post of a file. Null when there is none.</summary>
    public async Task<Post?> PostAsync(string name) =>
        (await Blog.Get<PostTable>().FindAsync(PostId.OfFile(name), CancellationToken.None))?.Value;

    /// <summary>What is listed.</summary>
    public PostLists Lists => Blog.Get<PostLists>();

    /// <summary>All public posts.</summary>
    public Task<IReadOnlyList<ListedPost>> ListAsync() => Lists.NewestAsync(0, 1000, CancellationToken.None);

    /// <summary>What stands at a post's address, read past this blog's memory.</summary>
    public Task<Address?> AddressAsync(string slug) => AddressAsync(SitePath.Parse($"/posts/{slug}"));

    /// <summary>What stands at a path, read past this blog's memory.</summary>
    public async Task<Address?> AddressAsync(SitePath path)
    {
        using var addresses = new AddressTable(
            Blog.Get<BlogStorage>(),
            new ChangeCounter(),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<AddressTable>.Instance
        );
        return (await addresses.FindAsync(path, CancellationToken.None)).Address;
    }

    /// <summary>Status and, of a redirect, where to.</summary>
    public async Task<string> StatusAsync(string path)
    {
        using var answer = await Blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)answer.StatusCode} {answer.Headers.Location}".Trim();
    }

    public ValueTask DisposeAsync() => Blog.DisposeAsync();
}

using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Timers;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>
/// A blog whose local host neither announces uploads nor runs timers: the test delivers the messages itself, in any
/// number and order.
/// </summary>
public sealed class PublishingFixture : IAsyncDisposable
{
    private readonly BlobContainerClient _files;

    private PublishingFixture(TestBlog blog, DelayedMessages delayed) =>
        (Blog, Delayed, _files) = (blog, delayed, new BlobContainerClient(blog.Connection, StorageNames.Posts));

    /// <summary>The blog under test.</summary>
    public TestBlog Blog { get; }

    /// <summary>The delayed messages that the blog has sent, without those for search.</summary>
    public DelayedMessages Delayed { get; }

    /// <summary>
    /// Starts the blog, by default on a storage account of its own; a connection string makes it a second instance.
    /// Uploads from before the start are announced once, unless told otherwise.
    /// </summary>
    public static async Task<PublishingFixture> StartAsync(
        TimeProvider? clock = null,
        string? connection = null,
        Dictionary<string, string?>? settings = null,
        bool? announcesUploads = null
    )
    {
        var delayed = new DelayedMessages(clock ?? TimeProvider.System, text =>
            !text.Contains("\"changed\"", StringComparison.Ordinal)
            && !text.StartsWith("mailing:", StringComparison.Ordinal)
        );
        return new(
            await TestBlog.StartAsync(
                settings,
                clock,
                connection,
                options: new LocalHostOptions { UploadPollingInterval = TimeSpan.FromHours(1) },
                compose: services =>
                {
                    TestBlog.RemoveService<TimerPump>(services);
                    services.AddSingleton<HttpPipelinePolicy>(delayed);
                },
                announcesUploads: announcesUploads
            ),
            delayed
        );
    }

    /// <summary>The text of a post file, dated 2026-01-02.</summary>
    /// <param name="title">The title, unescaped YAML.</param>
    /// <param name="more">More lines of front matter, without a line break at the end; null for none.</param>
    /// <param name="body">The Markdown of the post.</param>
    public static string Text(string title, string? more = null, string body = "Some text.") =>
        $"---\ntitle: {title}\ndate: 2026-01-02\n{more}{(more is null ? "" : "\n")}---\n{body}\n";

    /// <summary>Uploads a file to the container without a message. Returns its ETag.</summary>
    public Task<string> PutAsync(string name, string text) => PutAsync(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Uploads a file to the container without a message. Returns its ETag.</summary>
    public async Task<string> PutAsync(string name, byte[] bytes) =>
        (
            await _files.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true)
        ).Value.ETag.ToString();

    /// <summary>Deletes a file from the container, if it exists, without a message.</summary>
    public Task DeleteFileAsync(string name) => _files.DeleteBlobIfExistsAsync(name);

    /// <summary>Delivers the queue message about a file, as the Functions host does.</summary>
    public Task DeliverAsync(string name) =>
        Blog.Get<TriggerInvoker>()
            .InvokeAsync(
                nameof(PublishPost),
                InvocationPayload.Write("message", BlobEvent.Create(StorageNames.Posts, name)),
                CancellationToken.None
            );

    /// <summary>Delivers the delayed messages that are visible by now, such as those about dates of posts.</summary>
    public Task DeliverDelayedAsync() => Delayed.DeliverAsync(Blog);

    /// <summary>Runs the hourly timer function.</summary>
    public Task CheckHourlyAsync() =>
        Blog.Get<TriggerInvoker>()
            .InvokeAsync(nameof(CheckHourly), InvocationPayload.Write("timer", "{}"), CancellationToken.None);

    /// <summary>
    /// Uploads a file and delivers its message. Returns the report, which is checked to be about this version.
    /// </summary>
    public async Task<UploadReport> PublishAsync(string name, string text)
    {
        var version = await PutAsync(name, text);
        await DeliverAsync(name);
        var report = await ReportAsync(name);
        Assert.Equal(version, report.SourceVersion);
        return report;
    }

    /// <summary>Deletes a file and delivers its message. Returns the report.</summary>
    public async Task<UploadReport> WithdrawAsync(string name)
    {
        await DeleteFileAsync(name);
        await DeliverAsync(name);
        return await ReportAsync(name);
    }

    /// <summary>The latest report on a file.</summary>
    /// <exception cref="InvalidOperationException">There is no report.</exception>
    public async Task<UploadReport> ReportAsync(string name) =>
        await Blog.Get<ReportFiles>().FindAsync(name, CancellationToken.None)
        ?? throw new InvalidOperationException($"There is no report on {name}.");

    /// <summary>The post of a file; null when there is none.</summary>
    public async Task<Post?> PostAsync(string name) =>
        (await Blog.Get<PostTable>().FindAsync(PostId.FromBlobName(name), CancellationToken.None))?.Value;

    /// <summary>The lists of public posts.</summary>
    public PostLists Lists => Blog.Get<PostLists>();

    /// <summary>All public posts, newest first.</summary>
    public Task<IReadOnlyList<ListedPost>> ListAsync() => Lists.ReadNewestAsync(0, 1000, CancellationToken.None);

    /// <summary>
    /// The address row of /posts/{slug}, read without the address cache of the blog; null when there is none.
    /// </summary>
    public Task<Address?> AddressAsync(string slug) => AddressAsync(SitePath.Parse($"/posts/{slug}"));

    /// <summary>
    /// The address row of a path, read without the address cache of the blog; null when there is none.
    /// </summary>
    public async Task<Address?> AddressAsync(SitePath path)
    {
        using var addresses = new AddressTable(
            Blog.Get<BlogStorage>(),
            Blog.Get<StorageCircuit>(),
            new ChangeCounter(),
            TimeProvider.System
        );
        return (await addresses.FindAsync(path, CancellationToken.None)).Address;
    }

    /// <summary>The status code and, for a redirect, its target: "301 /posts/a".</summary>
    public async Task<string> StatusAsync(string path)
    {
        using var response = await Blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)response.StatusCode} {response.Headers.Location}".Trim();
    }

    public ValueTask DisposeAsync() => Blog.DisposeAsync();
}

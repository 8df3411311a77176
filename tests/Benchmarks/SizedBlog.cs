using System.Diagnostics;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Feeds;
using ServerlessBlog.Hosting.Caching;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// A blog with a given number of posts, one of which has the same number of comments. Its clock advances only between
/// measurements and its background services are removed, so that only the measured operation is counted.
/// </summary>
internal sealed class SizedBlog : IAsyncDisposable
{
    private const string Slug = "measured";

    /// <summary>Warm reads per measurement, to reach well above the resolution of the clock.</summary>
    private const int WarmReads = 200;

    private readonly TestBlog _blog;
    private readonly StorageTime _storage;
    private readonly FakeTimeProvider _clock;
    private readonly PostId _post;
    private readonly IServiceProvider _services;

    private SizedBlog(TestBlog blog, StorageTime storage, FakeTimeProvider clock, PostId post) =>
        (_blog, _storage, _clock, _post, _services) = (blog, storage, clock, post, blog.Get<IServiceProvider>());

    /// <summary>Fills an empty storage account and starts a blog on it.</summary>
    public static async Task<SizedBlog> StartAsync(int size)
    {
        var watch = Stopwatch.StartNew();
        await using var writer = await TestBlog.StartAsync();
        var post = await writer.PublishAsync(Slug, "A page is made once", ConversationBuilder.Body);
        await ConversationBuilder.AddAsync(writer, post, size);
        LimitReport.Print($"  {size:N0} comments put into storage in {watch.Elapsed.TotalSeconds:0} s");
        await ArchiveBuilder.AddAsync(writer, size - 1);
        LimitReport.Print($"  {size:N0} posts too, after {watch.Elapsed.TotalSeconds:0} s");

        var (storage, clock) = (new StorageTime(), new FakeTimeProvider(DateTimeOffset.UtcNow));
        var blog = await TestBlog.StartAsync(clock: clock, connection: writer.Connection, compose: services =>
        {
            services.AddSingleton<HttpPipelinePolicy>(storage);
            foreach (
                var background in services
                    .Where(service =>
                        service.ServiceType == typeof(IHostedService)
                        && service.ImplementationType?.Namespace == "ServerlessBlog.Hosting.Local"
                    )
                    .ToList()
            )
            {
                services.Remove(background);
            }
        });
        return new SizedBlog(blog, storage, clock, post);
    }

    /// <summary>Renders the page of a post after raising its revision.</summary>
    public async Task<Cost> RenderPostAsync()
    {
        // Past the lifetime: a page that changes sooner would be served from memory without waiting for the render.
        _clock.Advance(CacheLimits.Lifetime);
        await _blog.Get<RevisionRaiser>().RaiseAsync(_post, CancellationToken.None);
        return await CostOfAsync(ReadPostOnceAsync, times: 1);
    }

    /// <summary>Renders the home page after raising the site's revision.</summary>
    public Task<Cost> RenderHomeAsync() => RenderAgainAsync(ReadHomeOnceAsync);

    /// <summary>Renders the feed after raising the site's revision.</summary>
    public Task<Cost> RenderFeedAsync() =>
        RenderAgainAsync(() => FunctionCall.ReadAsync(_blog.Get<ReadFeed>().RunAsync, _services, "/feed.xml"));

    /// <summary>Reads the page of a post from the memory of this instance.</summary>
    public async Task<Cost> ReadPostAsync()
    {
        await ReadPostOnceAsync();
        return await CostOfAsync(ReadPostOnceAsync, WarmReads);
    }

    /// <summary>Reads the home page from the memory of this instance.</summary>
    public async Task<Cost> ReadHomeAsync()
    {
        await ReadHomeOnceAsync();
        return await CostOfAsync(ReadHomeOnceAsync, WarmReads);
    }

    /// <summary>Publishes one more post. Returns every storage call that was not a GET or HEAD.</summary>
    public async Task<IReadOnlyList<string>> PublishAsync()
    {
        await new BlobContainerClient(_blog.Connection, StorageNames.Posts).UploadBlobAsync(
            "one-more.md",
            BinaryData.FromString($"---\ntitle: One more\ndate: 2026-01-03\n---\n{ConversationBuilder.Body}\n")
        );
        _blog.Calls.Clear();
        await _blog.Get<Publisher>().PublishAsync("one-more.md", CancellationToken.None);
        return
        [
            .. _blog
                .Calls.Recorded.Where(call =>
                    !call.StartsWith("GET ", StringComparison.Ordinal)
                    && !call.StartsWith("HEAD ", StringComparison.Ordinal)
                )
                .Select(call => call.Split('(')[0]),
        ];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _blog.DisposeAsync();

    private Task ReadPostOnceAsync() =>
        FunctionCall.ReadAsync(_blog.Get<ReadPost>().RunAsync, _services, $"/posts/{Slug}");

    private Task ReadHomeOnceAsync() => FunctionCall.ReadAsync(_blog.Get<ReadHome>().RunAsync, _services, "/");

    private async Task<Cost> RenderAgainAsync(Func<Task> read)
    {
        _clock.Advance(CacheLimits.Lifetime);
        await _blog.Get<SiteTable>().RaiseAsync(CancellationToken.None);
        return await CostOfAsync(read, times: 1);
    }

    private async Task<Cost> CostOfAsync(Func<Task> operation, int times)
    {
        _blog.Calls.Clear();
        var (bytes, storage, started) = (
            GC.GetTotalAllocatedBytes(precise: true),
            _storage.Total,
            Stopwatch.GetTimestamp()
        );
        for (var time = 0; time < times; time++)
        {
            await operation();
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var own = elapsed - (_storage.Total - storage);
        return new Cost(
            elapsed.TotalMilliseconds / times,
            own.TotalMilliseconds / times,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)times,
            _blog.Calls.Recorded.Count / (double)times
        );
    }
}

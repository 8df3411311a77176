using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>What publishing a post reads, writes and lists, on a small blog and on a large one.</summary>
[Trait("Category", "Slow")]
public sealed partial class PublishCostTests
{
    /// <summary>A post has six rows with its tag, and a table transaction takes at most 100.</summary>
    private const int PostsPerTransaction = 16;

    [Fact]
    public async Task Publishing_reads_writes_and_lists_the_same_at_40_and_at_4_000_posts()
    {
        var (few, many) = (await PublishAsync(posts: 40), await PublishAsync(posts: 4000));

        Assert.Equal(few.Calls, many.Calls);
        Assert.InRange(few.Calls.Count, 10, 75);
        Assert.InRange(many.Bytes, 1, few.Bytes * 1.1);
    }

    /// <summary>
    /// Fills a blog, publishes a post, its change, a picture and its deletion, and returns the calls, with what names a
    /// version left out, and the number of bytes that storage sent.
    /// </summary>
    private static async Task<(IReadOnlyList<string> Calls, long Bytes)> PublishAsync(int posts)
    {
        var received = new ReceivedBytes();
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions, compose: services =>
            services.AddSingleton<HttpPipelinePolicy>(received)
        );
        await FillAsync(blog, posts);
        var (files, media) = (
            new BlobContainerClient(blog.Connection, StorageNames.Posts),
            new BlobContainerClient(blog.Connection, StorageNames.Media)
        );
        var (publisher, mediaPublisher) = (blog.Get<Publisher>(), blog.Get<MediaPublisher>());
        blog.Calls.Clear();
        received.Count = 0;
        foreach (var title in new[] { "One more", "One more, changed" })
        {
            var text = $"---\ntitle: {title}\nslug: one-more\ndate: 2026-01-03\ntags: [filler]\n---\nSome text.\n";
            await files.GetBlobClient("one-more.md").UploadAsync(BinaryData.FromString(text), overwrite: true);
            await publisher.PublishAsync("one-more.md", CancellationToken.None);
        }

        Assert.True(ServerlessBlog.Media.MediaPath.TryFromBlob(StorageNames.Media, "one.mp3", out var path));
        await media.UploadBlobAsync("one.mp3", BinaryData.FromString("sound"));
        await mediaPublisher.PublishAsync(path, CancellationToken.None);
        await files.DeleteBlobAsync("one-more.md");
        await publisher.PublishAsync("one-more.md", CancellationToken.None);
        return ([.. blog.Calls.Recorded.Select(call => Version().Replace(call, "*"))], received.Count);
    }

    private static async Task FillAsync(TestBlog blog, int count)
    {
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        var posts = Enumerable
            .Range(1, count)
            .Select(number =>
                ContentBuilder.BuildPost($"filler-{number}") with
                {
                    Date = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number),
                }
            );
        foreach (var batch in posts.Chunk(PostsPerTransaction))
        {
            await table.SubmitTransactionAsync(
                batch.SelectMany(RowsOf).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))
            );
        }

        var newest = await blog.Get<PostLists>().ReadNewestAsync(0, 1, CancellationToken.None);
        Assert.Equal($"Title of filler-{count.ToString(CultureInfo.InvariantCulture)}", Assert.Single(newest).Title);
    }

    private static IEnumerable<TableEntity> RowsOf(Post post) =>
        [
            Row.Create(PostRows.Partition, PostRows.KeyFor(post.Id), post, PostJson.Default.Post),
            .. PostRows.DerivedRows(post),
            new(PostRows.Partition, PostRows.KeyFor(post.Path)) { ["Post"] = post.Id.ToString() },
        ];

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Version();

    /// <summary>Counts the bytes of storage's responses.</summary>
    private sealed class ReceivedBytes : HttpPipelinePolicy
    {
        public long Count { get; set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The blog calls storage asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Response.ContentStream is { } content)
            {
                var copy = new MemoryStream();
                await content.CopyToAsync(copy);
                copy.Position = 0;
                message.Response.ContentStream = copy;
                Count += copy.Length;
            }
        }
    }
}

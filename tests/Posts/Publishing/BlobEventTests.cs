using System.Text;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Event Grid events in their documented formats, sent to the real queue in its encoding.</summary>
public sealed class BlobEventTests
{
    private const string File = "hello.md";

    [Theory]
    [InlineData("event-grid-blob-created.json")]
    [InlineData("cloud-events-blob-created.json")]
    public async Task A_BlobCreated_event_publishes_the_post(string eventFile)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PutAsync(File, PublishingFixture.Text("Hello"));

        await SendAsync(fixture, await ReadEventAsync(eventFile));

        await WaitForStatusAsync(fixture, "200");
    }

    [Theory]
    [InlineData("event-grid-blob-deleted.json")]
    [InlineData("cloud-events-blob-deleted.json")]
    public async Task A_BlobDeleted_event_withdraws_the_post(string eventFile)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(File, PublishingFixture.Text("Hello"));
        await fixture.DeleteFileAsync(File);

        await SendAsync(fixture, await ReadEventAsync(eventFile));

        await WaitForStatusAsync(fixture, "410");
    }

    [Fact]
    public async Task A_message_that_is_not_base64_moves_to_the_poison_queue_and_can_be_retried()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PutAsync(File, PublishingFixture.Text("Hello"));
        var text = await ReadEventAsync("event-grid-blob-created.json");
        var poison = new PoisonQueues(fixture.Blog.Get<BlogStorage>(), fixture.Blog.Get<FailureTable>());

        await RawQueue(fixture).SendMessageAsync(text); // not in base64
        var found = await TestBlog.WaitUntilAsync(
            () => poison.ListAsync(CancellationToken.None),
            list => list.Count > 0,
            "a poison message"
        );

        Assert.Equal((StorageNames.UploadQueue, text), (Assert.Single(found).Queue, found[0].Text));
        Assert.Equal(1, await poison.RetryAsync(StorageNames.UploadQueue, CancellationToken.None));
        await WaitForStatusAsync(fixture, "200");
        Assert.Empty(await poison.ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("event-grid-blob-created.json")]
    [InlineData("event-grid-blob-deleted.json")]
    [InlineData("cloud-events-blob-created.json")]
    [InlineData("cloud-events-blob-deleted.json")]
    public async Task A_media_event_raises_the_site_revision_and_is_reported(string eventFile)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var before = await fixture.Blog.Get<SiteTable>().GetRevisionAsync();

        await DeliverAsync(
            fixture.Blog,
            (await ReadEventAsync(eventFile)).Replace(
                "containers/posts/blobs/hello.md",
                "containers/media/blobs/a picture.png",
                StringComparison.Ordinal
            )
        );

        Assert.NotEqual(before, await fixture.Blog.Get<SiteTable>().GetRevisionAsync());
        // There is no such file: the current state of the storage decides, not the kind of the event.
        Assert.Equal(UploadOutcome.Withdrawn, (await fixture.ReportAsync("media/a picture.png")).Outcome);
    }

    [Theory]
    [InlineData("/blobServices/default/containers/reports/blobs/hello.md")]
    [InlineData("blobServices/default/containers/reports/blobs/hello.md")]
    [InlineData("/blobServices/default/containers/media2/blobs/hello.md")]
    [InlineData("/blobServices/default/containers/posts")]
    [InlineData("//blobServices/default/containers/posts/blobs/hello.md")]
    [InlineData("")]
    public async Task An_event_about_anything_else_is_refused(string subject)
    {
        await using var fixture = await PublishingFixture.StartAsync();

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() =>
            DeliverAsync(fixture.Blog, $$"""{"subject":"{{subject}}"}""")
        );

        Assert.Equal("The event is not about a blob in posts or media.", problem.Message);
    }

    private static Task DeliverAsync(TestBlog blog, string message) =>
        blog.Get<TriggerInvoker>()
            .InvokeAsync(nameof(PublishPost), InvocationPayload.Write("message", message), CancellationToken.None);

    private static Task<string> ReadEventAsync(string name) =>
        System.IO.File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "tests", "data", "events", name));

    /// <summary>A queue client that sends messages as they are, not in base64.</summary>
    private static QueueClient RawQueue(PublishingFixture fixture) =>
        new(fixture.Blog.Connection, StorageNames.UploadQueue);

    private static Task SendAsync(PublishingFixture fixture, string message) =>
        RawQueue(fixture).SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(message)));

    private static Task WaitForStatusAsync(PublishingFixture fixture, string status) =>
        TestBlog.WaitUntilAsync(
            () => fixture.StatusAsync("/posts/hello"),
            actual => actual == status,
            $"{status} at /posts/hello"
        );
}

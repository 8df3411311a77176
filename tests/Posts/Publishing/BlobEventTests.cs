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

/// <summary>Events in the shapes that Event Grid has, put into the real queue in its encoding.</summary>
public sealed class BlobEventTests
{
    private const string File = "hello.md";

    [Theory]
    [InlineData("event-grid-blob-created.json")]
    [InlineData("cloud-events-blob-created.json")]
    public async Task Told_that_its_file_is_there_a_post_is_published(string eventFile)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PutAsync(File, PublishingFixture.Text("Hello"));

        await SendAsync(fixture, await FixtureAsync(eventFile));

        await StandsAsync(fixture, "200");
    }

    [Theory]
    [InlineData("event-grid-blob-deleted.json")]
    [InlineData("cloud-events-blob-deleted.json")]
    public async Task Told_that_its_file_is_gone_a_post_is_withdrawn(string eventFile)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(File, PublishingFixture.Text("Hello"));
        await fixture.TakeAsync(File);

        await SendAsync(fixture, await FixtureAsync(eventFile));

        await StandsAsync(fixture, "410");
    }

    [Fact]
    public async Task A_plain_message_is_put_aside_and_works_when_it_is_put_back()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PutAsync(File, PublishingFixture.Text("Hello"));
        var text = await FixtureAsync("event-grid-blob-created.json");
        var poison = new PoisonQueues(fixture.Blog.Get<BlogStorage>(), fixture.Blog.Get<FailureTable>());

        await QueueOf(fixture).SendMessageAsync(text); // not in base64
        var found = await TestBlog.UntilAsync(
            () => poison.ListAsync(CancellationToken.None),
            list => list.Count > 0,
            "a poison message"
        );

        Assert.Equal((StorageNames.UploadQueue, text), (Assert.Single(found).Queue, found[0].Text));
        Assert.Equal(1, await poison.RetryAsync(StorageNames.UploadQueue, CancellationToken.None));
        await StandsAsync(fixture, "200");
        Assert.Empty(await poison.ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("event-grid-blob-created.json")]
    [InlineData("event-grid-blob-deleted.json")]
    [InlineData("cloud-events-blob-created.json")]
    [InlineData("cloud-events-blob-deleted.json")]
    public async Task An_event_of_the_media_raises_the_site_and_is_reported(string eventFile)
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var before = await fixture.Blog.Get<SiteTable>().CurrentAsync();

        await DeliverAsync(
            fixture.Blog,
            (await FixtureAsync(eventFile)).Replace(
                "containers/posts/blobs/hello.md",
                "containers/media/blobs/a picture.png",
                StringComparison.Ordinal
            )
        );

        Assert.NotEqual(before, await fixture.Blog.Get<SiteTable>().CurrentAsync());
        Assert.Equal(UploadOutcome.Withdrawn, (await fixture.ReportAsync("media/a picture.png")).Outcome); // there is no such file: what is there now decides
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

    private static Task<string> FixtureAsync(string name) =>
        System.IO.File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "tests", "data", "events", name));

    /// <summary>The queue without our encoding.</summary>
    private static QueueClient QueueOf(PublishingFixture fixture) =>
        new(fixture.Blog.Connection, StorageNames.UploadQueue);

    private static Task SendAsync(PublishingFixture fixture, string message) =>
        QueueOf(fixture).SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(message)));

    private static Task StandsAsync(PublishingFixture fixture, string status) =>
        TestBlog.UntilAsync(
            () => fixture.StatusAsync("/posts/hello"),
            answer => answer == status,
            $"{status} at /posts/hello"
        );
}

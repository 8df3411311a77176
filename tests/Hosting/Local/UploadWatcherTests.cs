using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

public sealed class UploadWatcherTests
{
    private const string Text = "---\ntitle: A post\n---\nText.\n";

    /// <summary>Lists the containers at the start, and then no more.</summary>
    private static readonly LocalHostOptions ListingOnce = new() { UploadPollingInterval = TimeSpan.FromHours(1) };

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(40, 0.25)]
    [InlineData(100, 0.25)]
    [InlineData(1000, 2.5)]
    [InlineData(4000, 10)]
    [InlineData(12_000, 30)]
    [InlineData(1_000_000, 30)]
    public void A_list_of_any_length_costs_the_same_per_second_and_comes_every_30_s_at_least(int files, double seconds)
    {
        var shortest = new LocalHostOptions().UploadPollingInterval;

        Assert.Equal(TimeSpan.FromSeconds(seconds), UploadWatcher.IntervalFor(shortest, files));
        Assert.Equal(TimeSpan.FromDays(1), UploadWatcher.IntervalFor(TimeSpan.FromDays(1), files));
    }

    [Fact]
    public async Task What_the_program_itself_writes_is_announced_without_a_list()
    {
        await using var blog = await TestBlog.StartAsync(options: ListingOnce);
        await WaitForFirstListAsync(blog);
        Assert.True(PostFileName.TryParse("own.md", out var name));

        var version = await blog.Get<UploadFiles>()
            .WriteAsync(name, System.Text.Encoding.UTF8.GetBytes(Text), null, CancellationToken.None);

        await AwaitReportAsync(blog, "own.md", report => report.SourceVersion == version);
        Assert.Equal(1, blog.Calls.Recorded.Count(call => call == "GET /posts"));
        Assert.Equal(1, blog.Calls.Recorded.Count(call => call == "PUT /reports/own.md.txt"));
    }

    [Fact]
    public async Task The_commands_announce_what_they_upload_and_delete_and_the_next_list_does_not_do_so_again()
    {
        await using var blog = await TestBlog.StartAsync(options: ListingOnce);
        await WaitForFirstListAsync(blog);
        var folder = Directory.CreateTempSubdirectory("blog-watch-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "storage.txt"), blog.Connection);
        await File.WriteAllTextAsync(Path.Combine(folder, "sent.md"), Text);

        Assert.Equal(
            0,
            await UploadCommand.RunAsync([Path.Combine(folder, "sent.md")], folder, false, CancellationToken.None)
        );
        var announced = blog.Get<AnnouncedUploads>();
        var listed = await ListAsync(blog);
        Assert.Equal([], announced.FindChanges(listed, announced.Snapshot()));

        Assert.Equal(0, await DeleteCommand.RunAsync(["sent.md"], folder, CancellationToken.None));
        Assert.Equal([], announced.FindChanges(await ListAsync(blog), announced.Snapshot()));
        Assert.Equal(1, blog.Calls.Recorded.Count(call => call == "GET /posts"));
        Assert.Equal(2, blog.Calls.Recorded.Count(call => call == "PUT /reports/sent.md.txt"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_changed_while_the_blog_did_not_run_is_announced_after_a_restart_and_nothing_else()
    {
        var file = Path.GetTempFileName();
        var before = new AnnouncedUploads(file);
        before.Note(new UploadEvent("posts/same.md", "1"));
        before.Note(new UploadEvent("posts/changed.md", "1"));
        before.Note(new UploadEvent("posts/deleted.md", "1"));
        before.Save(onlyChanges: true);

        var after = new AnnouncedUploads(file);
        var changes = after.FindChanges(
            new Dictionary<string, string>
            {
                ["posts/same.md"] = "1",
                ["posts/changed.md"] = "2",
                ["media/new.png"] = "1",
            },
            after.Snapshot()
        );

        Assert.Equal([new("posts/changed.md", "2"), new("media/new.png", "1"), new("posts/deleted.md", null)], changes);
        File.Delete(file);
    }

    [Fact]
    public void What_is_announced_during_a_list_is_not_announced_again_by_it()
    {
        var announced = new AnnouncedUploads(null);
        announced.Note(new UploadEvent("posts/deleted.md", "1"));
        var before = announced.Snapshot();
        announced.Note(new UploadEvent("posts/new.md", "1"));
        announced.Note(new UploadEvent("posts/deleted.md", null));

        Assert.Equal(
            [],
            announced.FindChanges(
                new Dictionary<string, string> { ["posts/new.md"] = "1", ["posts/deleted.md"] = "1" },
                before
            )
        );
        Assert.Equal([], announced.FindChanges(new Dictionary<string, string>(), before));
    }

    [Theory]
    [InlineData("posts", "deep/er/blobs/a b.md", "\"0x1\"", "posts/deep/er/blobs/a b.md", "0x1")]
    [InlineData("media", "a.png", null, "media/a.png", null)]
    public async Task An_event_is_read_as_it_was_sent(
        string container,
        string blob,
        string? etag,
        string name,
        string? version
    )
    {
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions);
        var sent = UploadEvent.Create(container, blob, etag);
        await sent.SendAsync(blog.Get<BlogStorage>(), CancellationToken.None);
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(blog.Calls.Recorded.Contains("POST /uploads/messages")),
            isSent => isSent,
            "the message"
        );

        Assert.Equal(new UploadEvent(name, version), sent);
        Assert.Null(UploadEvent.TryParse("no event"));
        Assert.Null(UploadEvent.TryParse(BlobEvent.Create(container, blob)));
        Assert.Equal(
            sent,
            UploadEvent.TryParse(
                $"{{\"subject\":\"/blobServices/default/containers/{container}/blobs/{blob}\","
                    + $"\"data\":{{\"eTag\":{(version is null ? "null" : $"\"{version}\"")}}}}}"
            )
        );
    }

    private static Task WaitForFirstListAsync(TestBlog blog) =>
        TestBlog.WaitUntilAsync(
            () => Task.FromResult(blog.Calls.Recorded.Contains("GET /media")),
            hasListed => hasListed,
            "the first list"
        );

    private static Task AwaitReportAsync(TestBlog blog, string name, Func<UploadReport, bool> wanted) =>
        TestBlog.WaitUntilAsync(
            () => blog.Get<ReportFiles>().FindAsync(name, CancellationToken.None),
            report => report is not null && wanted(report),
            $"the report on {name}"
        );

    private static async Task<Dictionary<string, string>> ListAsync(TestBlog blog) =>
        await new BlobContainerClient(blog.Connection, StorageNames.Posts)
            .GetBlobsAsync()
            .Select(blob => UploadEvent.Create(StorageNames.Posts, blob.Name, blob.Properties.ETag.ToString()))
            .ToDictionaryAsync(upload => upload.Name, upload => upload.Version!);
}

using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Search;

/// <summary>
/// The index has every change of a post in the end, whatever is lost, repeated or killed. The test delivers the
/// messages.
/// </summary>
public sealed class SearchIndexTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DelayedMessages _delayed;

    /// <summary>Creates the record of messages.</summary>
    public SearchIndexTests() => _delayed = new DelayedMessages(_clock);

    [Fact]
    public async Task A_change_of_a_post_costs_5_calls_beside_those_for_the_file_and_its_message()
    {
        await using var blog = await StartAsync();
        await SaveAsync(blog, "one");
        await DeliverAsync(blog);
        var two = await SaveAsync(blog, "two", sends: false);
        blog.Calls.Clear();

        await blog.Get<SearchIndexBuilder>().HandleAsync(MessageFor(two), CancellationToken.None);

        var calls = blog.Calls.Recorded;
        Assert.Equal(5, calls.Count(call => !call.Contains("/search/", StringComparison.Ordinal)));
        Assert.InRange(calls.Count(call => call.Contains("/search/", StringComparison.Ordinal)), 3, 5);
        Assert.Equal(["one", "two"], await FindAsync(blog, "title"));
    }

    [Fact]
    public async Task A_message_for_a_change_that_the_index_has_costs_one_call()
    {
        await using var blog = await StartAsync();
        var one = await SaveAsync(blog, "one");
        await DeliverAsync(blog);
        blog.Calls.Clear();

        await blog.Get<SearchIndexBuilder>().HandleAsync(MessageFor(one), CancellationToken.None);

        Assert.Single(blog.Calls.Recorded);
    }

    [Fact]
    public async Task A_save_without_a_change_notes_none()
    {
        await using var blog = await StartAsync();
        await SaveAsync(blog, "one");
        await DeliverAsync(blog);

        await SaveAsync(blog, "one");

        Assert.Empty((await WaitingAsync(blog)).Keys);
    }

    [Fact]
    public async Task Killed_at_any_call_to_storage_the_index_has_the_change_after_the_next_delivery()
    {
        await using var blog = await StartAsync();
        var count = 0;
        for (var call = 0; ; call += TestDepth.Step)
        {
            var post = await SaveAsync(blog, $"post-{call}", sends: false);
            var made = 0;
            blog.Calls.ShouldFail = _ => Interlocked.Increment(ref made) > call;
            var wasKilled = await Record.ExceptionAsync(() =>
                blog.Get<SearchIndexBuilder>().HandleAsync(MessageFor(post), CancellationToken.None)
            );
            blog.Calls.ShouldFail = _ => false;

            _clock.Advance(TimeSpan.FromMinutes(3));
            await blog.Get<SearchIndexBuilder>().HandleAsync(MessageFor(post), CancellationToken.None);
            await DeliverAsync(blog);

            Assert.Empty((await WaitingAsync(blog)).Keys);
            Assert.Equal(++count, (await FindAsync(blog, "title")).Count);
            if (wasKilled is null)
            {
                Assert.InRange(call, 7, 40);
                return;
            }
        }
    }

    [Fact]
    public async Task Many_executions_at_once_lose_no_change()
    {
        await using var blog = await StartAsync();
        var posts = new List<PostId>();
        for (var number = 1; number <= 6; number++)
        {
            posts.Add(await SaveAsync(blog, $"post-{number}", sends: false));
        }

        await Task.WhenAll(
            posts.Select(post => blog.Get<SearchIndexBuilder>().HandleAsync(MessageFor(post), CancellationToken.None))
        );
        await DeliverAsync(blog);

        Assert.Empty((await WaitingAsync(blog)).Keys);
        Assert.Equal(6, (await FindAsync(blog, "title")).Count);
    }

    [Fact]
    public async Task More_changes_than_one_execution_makes_are_made_by_the_next()
    {
        await using var blog = await StartAsync();
        await ContentBuilder.AddPostsAsync(blog, SearchIndexBuilder.MaxChanges + 3);
        await SaveAsync(blog, "last");

        await DeliverAsync(blog);

        Assert.Empty((await WaitingAsync(blog)).Keys);
        Assert.Equal(["last"], await FindAsync(blog, "last"));
        Assert.Equal(["filler-1"], await FindAsync(blog, "\"filler 1\""));
    }

    [Fact]
    public async Task A_lost_message_is_sent_again_within_the_hour()
    {
        await using var blog = await StartAsync();
        await SaveAsync(blog, "lost");
        _delayed.LoseAll();

        await blog.Get<SearchIndexBuilder>().RunAsync(CancellationToken.None);
        await DeliverAsync(blog);

        Assert.Equal(["lost"], await FindAsync(blog, "lost"));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("damaged")]
    [InlineData("of another schema")]
    public async Task An_index_that_is_lost_is_built_anew(string how)
    {
        await using var blog = await StartAsync();
        await SaveAsync(blog, "before");
        await DeliverAsync(blog);
        await LoseAsync(blog, how);

        await SaveAsync(blog, "after");
        await DeliverAsync(blog);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["after", "before"], await FindAsync(blog, "title"));
    }

    [Fact]
    public async Task At_night_superseded_files_are_deleted_and_what_an_older_program_wrote_is_noted()
    {
        await using var blog = await StartAsync();
        await SaveAsync(blog, "one");
        await DeliverAsync(blog);
        await SaveAsync(blog, "two", sends: false);
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        foreach (var key in (await WaitingAsync(blog)).Keys)
        {
            await table.DeleteEntityAsync("posts", key, ETag.All);
        }

        _clock.SetUtcNow(DateTimeOffset.UtcNow.AddHours(2)); // the times of files and rows are real
        await blog.Get<SweepSearchIndex>().RunAsync(CancellationToken.None);
        await blog.Get<SearchIndexBuilder>().RunAsync(CancellationToken.None);
        await DeliverAsync(blog);
        Assert.Equal(["one", "two"], await FindAsync(blog, "title"));

        Assert.Equal(2, await CountFilesAsync(blog));
        await blog.Get<SweepSearchIndex>().RunAsync(CancellationToken.None);
        Assert.Equal(1, await CountFilesAsync(blog));
    }

    [Fact]
    public async Task While_storage_fails_the_open_index_is_searched()
    {
        await using var blog = await StartAsync();
        await SaveAsync(blog, "one");
        await DeliverAsync(blog);
        Assert.Equal(["one"], await FindAsync(blog, "title"));

        blog.Calls.ShouldFail = _ => true;
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["one"], await FindAsync(blog, "title"));
    }

    /// <summary>Puts all changes into the index of a blog whose local host does nothing by itself.</summary>
    internal static async Task BuildAsync(TestBlog blog)
    {
        while (await WaitingAsync(blog) is { Keys.Count: > 0 } waiting)
        {
            await blog.Get<SearchIndexBuilder>().HandleAsync(MessageFor(waiting.Posts.First()), CancellationToken.None);
        }
    }

    private Task<TestBlog> StartAsync() =>
        TestBlog.StartAsync(clock: _clock, options: TestBlog.IdleHostOptions, compose: services =>
            services.AddSingleton<HttpPipelinePolicy>(_delayed)
        );

    /// <summary>Saves a post as publishing does, by default after the message.</summary>
    private static async Task<PostId> SaveAsync(TestBlog blog, string name, bool sends = true)
    {
        var post = ContentBuilder.BuildPost(name);
        if (sends)
        {
            await blog.Get<UploadQueueClient>().SendAsync(MessageFor(post.Id), CancellationToken.None);
        }

        var read = await blog.Get<PostTable>().FindForWriteAsync(post.Id, CancellationToken.None);
        await blog.Get<PostTable>().SaveAsync(read, post, CancellationToken.None);
        return post.Id;
    }

    private static PostChangedMessage MessageFor(PostId post) => PostChangedMessage.Create(post, "some.md");

    /// <summary>Delivers the messages, again and again until none is left.</summary>
    private async Task DeliverAsync(TestBlog blog)
    {
        while (_delayed.Waiting.Count > 0)
        {
            _clock.Advance(PostChangedMessage.Delay);
            await _delayed.DeliverAsync(blog);
        }

        _clock.Advance(TimeSpan.FromSeconds(3)); // until the instance looks for another version
    }

    private static Task<WaitingChanges> WaitingAsync(TestBlog blog) =>
        blog.Get<SearchIndexTable>().ReadAsync(most: 1000, CancellationToken.None);

    /// <summary>Searches, and returns the names of the posts, sorted.</summary>
    private static async Task<IReadOnlyList<string>> FindAsync(TestBlog blog, string words)
    {
        Assert.True(SearchQuery.TryParse(words, out var query));
        var hits = await blog.Get<SearchIndex>().FindAsync(query, isForReaders: true, CancellationToken.None);
        var names = new List<string>();
        foreach (var id in hits?.Posts ?? [])
        {
            var shouldFail = blog.Calls.ShouldFail;
            blog.Calls.ShouldFail = _ => false;
            names.Add((await blog.Get<PostTable>().FindForWriteAsync(id, CancellationToken.None))!.Value.Source[..^3]);
            blog.Calls.ShouldFail = shouldFail;
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static async Task LoseAsync(TestBlog blog, string how)
    {
        var container = new BlobContainerClient(blog.Connection, StorageNames.Search);
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        var state = await blog.Get<SearchIndexTable>().FindAsync(CancellationToken.None);
        switch (how)
        {
            case "missing":
                await container.DeleteBlobAsync(state!.File);
                break;
            case "damaged":
                await container
                    .GetBlobClient(state!.File)
                    .UploadAsync(BinaryData.FromBytes(new byte[20_000]), overwrite: true);
                break;
            default:
                var row = (await table.GetEntityAsync<TableEntity>("posts", "index")).Value;
                row["Data"] = row.GetString("Data").Replace("\"Schema\":1", "\"Schema\":0", StringComparison.Ordinal);
                await table.UpdateEntityAsync(row, row.ETag);
                break;
        }
    }

    private static async Task<int> CountFilesAsync(TestBlog blog) =>
        await new BlobContainerClient(blog.Connection, StorageNames.Search).GetBlobsAsync().CountAsync();
}

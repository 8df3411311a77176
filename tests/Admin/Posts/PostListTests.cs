using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Search;
using ServerlessBlog.Tests.Upgrade;

namespace ServerlessBlog.Tests.Admin.Posts;

/// <summary>The list of posts in the admin area.</summary>
[Trait("Category", "Slow")]
public sealed partial class PostListTests
{
    private const string Path = "/moderate/posts/all";

    public static TheoryData<string> Folders => UpgradedBlog.Folders;

    [Fact]
    public async Task Every_post_is_in_the_tab_of_its_state_with_what_an_author_looks_for()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("public", "Public & seen", "See [nothing](/posts/nothing).");
        await ContentBuilder.AddCommentsAsync(blog, post, 2);
        await UploadAsync(blog, "draft", "draft: true\ntags: [sea, travel]");
        await UploadAsync(blog, "later", "date: 2126-01-02");
        await UploadAsync(blog, "over", "date: 2026-01-02\nexpiryDate: 2026-01-03");
        await UploadAsync(blog, "away", "date: 2026-01-02");
        await blog.DeleteAsync("away.md");
        await UploadAsync(blog, "kept", "date: 2026-01-02");
        await blog.UploadAsync("kept.md", "No front matter.");
        await blog.UploadAsync("never.md", "No front matter.");
        var moderator = await AdminDriver.SignInAsync(blog);

        var all = await moderator.ReadAsync(Path);

        Assert.Equal(
            [
                "All 6",
                "Published 2",
                "Drafts 1",
                "Scheduled 1",
                "Refused 2",
                "Expired 1",
                "Deleted 1",
                "With warnings 1",
            ],
            TabsIn(all)
        );
        Assert.Equal("Title of later", TitlesIn(all)[0]);
        Assert.Equal(6, TitlesIn(all).Count);
        Assert.Matches("Public &amp; seen</a>\\s+<span class=\"badge\">Published</span>\\s+<span[^>]*>1 warning<", all);
        Assert.Matches("Title of kept</a>\\s+<span[^>]*>Published</span>\\s+<span[^>]*>Refused</span>", all);
        Assert.Contains($"/moderate/comments/approved?post={post}\">2 comments</a>", all, StringComparison.Ordinal);
        Assert.Contains(">sea, travel<", all, StringComparison.Ordinal);
        await AssertTitlesAsync("published", "Public & seen", "Title of kept");
        await AssertTitlesAsync("draft", "Title of draft");
        await AssertTitlesAsync("scheduled", "Title of later");
        await AssertTitlesAsync("expired", "Title of over");
        await AssertTitlesAsync("deleted", "Title of away");
        await AssertTitlesAsync("warnings", "Public & seen");
        await AssertTitlesAsync("refused", "kept.md", "never.md");

        async Task AssertTitlesAsync(string state, params string[] titles) =>
            Assert.Equal(titles, TitlesIn(await moderator.ReadAsync($"{Path}?state={state}")).Order());
    }

    [Fact]
    public async Task A_page_makes_the_same_calls_to_storage_at_30_and_at_1_000_posts()
    {
        var (few, many) = (await CallsAsync(posts: 30), await CallsAsync(posts: 1000));

        Assert.Equal(few, many);
        Assert.InRange(few.Count, 20, 60);
    }

    [Fact]
    public async Task Posts_are_listed_newest_first_in_pages_and_found_by_words_of_title_or_file_name()
    {
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions);
        await AddPostsAsync(blog, 45);
        await SearchIndexTests.BuildAsync(blog);
        var moderator = await AdminDriver.SignInAsync(blog);

        var (titles, next) = (new List<string>(), Path);
        while (next is not null)
        {
            var page = await moderator.ReadAsync(next);
            titles.AddRange(TitlesIn(page));
            next = Next().Match(page) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }

        var found = await moderator.ReadAsync($"{Path}?q=TITLE+filler-4");
        Assert.Equal(Enumerable.Range(1, 45).Reverse().Select(number => $"Title of filler-{number}"), titles);
        Assert.Equal(
            [.. Enumerable.Range(40, 6).Reverse().Prepend(4).Select(number => $"Title of filler-{number}")],
            TitlesIn(found)
        );
        Assert.Equal(["Title of filler-7"], TitlesIn(await moderator.ReadAsync($"{Path}?q=filler-7.md")));
        var all = await moderator.ReadAsync($"{Path}?q=filler");
        Assert.Equal(20, TitlesIn(all).Count);
        Assert.Equal(5, TitlesIn(await moderator.ReadAsync($"{Path}?q=filler&after=40")).Count);
        Assert.Contains("after=20", Next().Match(all).Value, StringComparison.Ordinal);
        Assert.Contains(
            "None with these words.",
            await moderator.ReadAsync($"{Path}?q=none"),
            StringComparison.Ordinal
        );
        Assert.Equal(20, TitlesIn(await moderator.ReadAsync($"{Path}?after=%00strange")).Count);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Posts_that_an_earlier_version_stored_are_listed(string folder)
    {
        await using var upgraded = await UpgradedBlog.StartAsync(folder, processesQueues: false);
        var moderator = await AdminDriver.SignInAsync(upgraded.Blog, await AuthorAsync(upgraded.Blog));

        var page = await moderator.ReadAsync(Path);

        Assert.Contains("Welcome aboard", TitlesIn(page));
        Assert.Contains("Drafts 1", TabsIn(page));
        Assert.DoesNotContain("still being added", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Posts_of_an_earlier_version_are_added_a_part_at_each_opening()
    {
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions);
        await AddPostsAsync(blog, StatusListFill.MaxAtOpening + 5);
        await ForgetListsAsync(blog);
        var moderator = await AdminDriver.SignInAsync(blog);

        var first = await moderator.ReadAsync(Path);
        await moderator.ReadAsync(Path);
        var last = await moderator.ReadAsync(Path);

        Assert.Contains("still being added", first, StringComparison.Ordinal);
        Assert.Contains($"All {StatusListFill.MaxAtOpening}", TabsIn(first));
        Assert.DoesNotContain("still being added", last, StringComparison.Ordinal);
        Assert.Contains($"All {StatusListFill.MaxAtOpening + 5}", TabsIn(last));
    }

    [Fact]
    public async Task An_entry_that_an_earlier_version_left_behind_is_removed_and_a_post_it_wrote_is_added_a_day_later()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock, options: TestBlog.IdleHostOptions);
        await AddPostsAsync(blog, 3);
        var moderator = await AdminDriver.SignInAsync(blog);
        await moderator.ReadAsync(Path);

        // As a program without these lists does: the post's own row alone.
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        var moved = await blog.Get<PostTable>().FindAsync(PostId.FromBlobName("filler-2.md"), CancellationToken.None);
        await table.UpsertEntityAsync(
            Row.Create(
                PostRows.Partition,
                PostRows.KeyFor(moved!.Value.Id),
                moved.Value with
                {
                    Date = moved.Value.Date.AddYears(1),
                    IsInStatusLists = false,
                },
                PostJson.Default.Post
            ),
            TableUpdateMode.Replace
        );
        var without = TitlesIn(await moderator.ReadAsync(Path));
        clock.Advance(TimeSpan.FromHours(25));
        await blog.Get<StatusListFill>().RunAsync(CancellationToken.None);

        Assert.Equal(["Title of filler-3", "Title of filler-1"], without);
        Assert.Equal(
            ["Title of filler-2", "Title of filler-3", "Title of filler-1"],
            TitlesIn(await (await AdminDriver.SignInAsync(blog)).ReadAsync(Path))
        );
    }

    private static async Task<IReadOnlyList<string>> CallsAsync(int posts)
    {
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions);
        await AddPostsAsync(blog, posts);
        var moderator = await AdminDriver.SignInAsync(blog);
        await moderator.ReadAsync(Path);
        blog.Calls.Clear();
        Assert.Equal(PostListReader.PageSize, TitlesIn(await moderator.ReadAsync(Path)).Count);
        return
        [
            .. blog
                // The revision of the site is read every 2 s, beside requests.
                .Calls.Recorded.Where(call => !call.Contains("PartitionKey='site'", StringComparison.Ordinal))
                .Select(call => Key().Replace(call, "*"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static Task AddPostsAsync(TestBlog blog, int count) =>
        ContentBuilder.AddPostsAsync(blog, count, number =>
            new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number)
        );

    /// <summary>Removes what version 1.0.0 did not store.</summary>
    private static async Task ForgetListsAsync(TestBlog blog)
    {
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        await foreach (var row in table.QueryAsync<TableEntity>("RowKey ge 'status' and RowKey lt 'status;'"))
        {
            await table.DeleteEntityAsync(row);
        }

        await foreach (var row in table.QueryAsync<TableEntity>("RowKey ge 'post:' and RowKey lt 'post;'"))
        {
            var post = Row.Read(row, PostJson.Default.Post) with { IsInStatusLists = false };
            await table.UpdateEntityAsync(
                Row.Create(row.PartitionKey, row.RowKey, post, PostJson.Default.Post),
                row.ETag,
                TableUpdateMode.Replace
            );
        }
    }

    private static Task<string> AuthorAsync(TestBlog blog) =>
        Task.FromResult(blog.Get<ServerlessBlog.Settings.BlogSettings>().Authors[0].Mail);

    private static async Task UploadAsync(TestBlog blog, string name, string fields) =>
        Assert.NotEqual(
            UploadOutcome.Refused,
            (await blog.UploadAsync($"{name}.md", $"---\ntitle: Title of {name}\n{fields}\n---\nWords.\n")).Outcome
        );

    private static IReadOnlyList<string> TitlesIn(string page) =>
        [.. Title().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    private static IReadOnlyList<string> TabsIn(string page) =>
        [.. Tab().Matches(page).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

    [GeneratedRegex("<p class=\"post-name\">\\s*<a [^>]*>([^<]+)</a>")]
    private static partial Regex Title();

    [GeneratedRegex("<a href=\"/moderate/posts/all[^>]*>([^<]+) <span class=\"count\">([^<]+)</span>")]
    private static partial Regex Tab();

    [GeneratedRegex("class=\"older\" href=\"([^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Key();
}

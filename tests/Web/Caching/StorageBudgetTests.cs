using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>DESIGN, section 4: 0 calls for a page within its freshness, 1 to revalidate (beside the request, while readers come), 2 for one that is new to the instance.</summary>
public sealed class StorageBudgetTests
{
    private const string SiteRow = "GET /posts(PartitionKey='site',RowKey='revision')";

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task A_page_costs_two_calls_when_new_then_none_then_one_however_much_there_is(int size)
    {
        await using var writer = await TestBlog.StartAsync();
        var post = await writer.PublishAsync("budget");
        await ContentBuilder.AddPostsAsync(writer, size - 1);
        await ContentBuilder.AddCommentsAsync(writer, post, size);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(connection: writer.Connection, clock: clock);

        // Another instance has rendered the page before.
        Assert.Contains(
            $"{size} comment",
            await writer.ReadUntilAsync("/posts/budget", page =>
                page.Contains("Comment <em>number</em> 1.", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );
        reader.Calls.Forget();

        await reader.ReadAsync("/posts/budget");
        Assert.Collection(
            PageCalls(reader),
            call => Assert.StartsWith("GET /addresses(", call, StringComparison.Ordinal),
            call => Assert.StartsWith($"GET /pages/posts/{post}/", call, StringComparison.Ordinal)
        );
        Assert.Single(reader.Calls.Made, SiteRow);

        reader.Calls.Forget();
        await reader.ReadAsync("/posts/budget");
        await reader.ReadAsync("/posts/budget?utm_source=anywhere");
        Assert.Empty(PageCalls(reader));
        Assert.DoesNotContain(SiteRow, reader.Calls.Made);

        await PassFreshnessAsync(reader, clock);
        reader.Calls.Forget();
        await reader.ReadAsync("/posts/budget");
        Assert.StartsWith("GET /addresses(", Assert.Single(PageCalls(reader)), StringComparison.Ordinal);
        Assert.DoesNotContain(SiteRow, reader.Calls.Made);
    }

    [Fact]
    public async Task A_page_of_comments_costs_what_its_first_does()
    {
        await using var writer = await TestBlog.StartAsync(new() { ["Blog:Comments:PageSize"] = "1" });
        await ContentBuilder.AddCommentsAsync(writer, await writer.PublishAsync("talked-about"), 2);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            new() { ["Blog:Comments:PageSize"] = "1" },
            connection: writer.Connection,
            clock: clock
        );
        await reader.ReadAsync("/posts/talked-about/comments/2");
        await PassFreshnessAsync(reader, clock);

        reader.Calls.Forget();
        await reader.ReadAsync("/posts/talked-about/comments/2");
        await reader.ReadAsync("/posts/talked-about");

        Assert.Single(PageCalls(reader), IsOfAddress);
    }

    [Fact]
    public async Task While_readers_come_the_address_is_read_beside_them_once_and_its_news_is_there_in_time()
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("busy", body: "Before.");
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(connection: writer.Connection, clock: clock);
        await reader.ReadAsync("/posts/busy");
        await writer.PublishAsync("busy", body: "After.");
        reader.Calls.Forget();

        clock.Advance(Freshness.RefreshAfter - TimeSpan.FromMilliseconds(1));
        await reader.ReadAsync("/posts/busy");
        Assert.Empty(PageCalls(reader));

        var answer = new TaskCompletionSource();
        reader.Calls.Hold = call => IsOfAddress(call) ? answer.Task : Task.CompletedTask;
        clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Contains("Before.", await reader.ReadAsync("/posts/busy"), StringComparison.Ordinal);
        Assert.Contains("Before.", await reader.ReadAsync("/posts/busy"), StringComparison.Ordinal);
        await TestBlog.UntilAsync(
            () => Task.FromResult(reader.Calls.Made.Count(IsOfAddress)),
            count => count == 1,
            "a look at the address"
        );
        answer.SetResult();

        Assert.Contains(
            "After.",
            await reader.ReadUntilAsync("/posts/busy", page => page.Contains("After.", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Single(reader.Calls.Made, IsOfAddress);
    }

    [Fact]
    public async Task A_page_made_anew_for_a_comment_reads_no_text_and_no_list_again()
    {
        await using var blog = await TestBlog.StartAsync(clock: BetweenTimers());
        await blog.PublishAsync("beside");
        var post = await blog.PublishAsync("commented");
        await blog.ReadAsync("/posts/commented");
        blog.Calls.Forget();

        await ContentBuilder.SayAsync(blog, post, "First.");
        await blog.ReadUntilAsync("/posts/commented", page => page.Contains("First.", StringComparison.Ordinal));
        Assert.DoesNotContain(blog.Calls.Made, IsOfTextOrList);

        await blog.PublishAsync("newest");
        await blog.ReadUntilAsync("/posts/commented", page => page.Contains("/posts/newest", StringComparison.Ordinal));
        Assert.Contains(blog.Calls.Made, IsOfTextOrList);

        static bool IsOfTextOrList(string call) =>
            call == "GET /posts()" || call.StartsWith("GET /accepted/", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task The_home_page_costs_one_call_when_new_and_none_after(int size)
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("home-budget");
        await ContentBuilder.AddPostsAsync(writer, size - 1);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(connection: writer.Connection, clock: clock);
        await writer.ReadAsync("/");
        reader.Calls.Forget();

        await reader.ReadAsync("/");
        Assert.StartsWith("GET /pages/home/1/", Assert.Single(PageCalls(reader)), StringComparison.Ordinal);

        reader.Calls.Forget();
        await reader.ReadAsync("/");
        await PassFreshnessAsync(reader, clock);
        await reader.ReadAsync("/");
        Assert.Empty(PageCalls(reader));
    }

    [Fact]
    public async Task Every_kind_of_page_costs_at_most_two_calls_when_new_then_none_then_at_most_one()
    {
        await using var writer = await TestBlog.StartAsync();
        await EveryPageKindBlog.FillAsync(writer);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(connection: writer.Connection, clock: clock);
        await reader.ReadAsync("/");
        string[] paths = [.. EveryPageKindBlog.Paths, "/posts/withdrawn", "/posts/never"];

        foreach (var path in paths)
        {
            await writer.ReadAsync(path); // another instance has rendered it before
            Assert.Equal(
                IsAtAnAddress(path) ? "GET /addresses, GET /pages"
                    : path == "/" ? ""
                    : "GET /pages",
                await CostAsync(path)
            );
            Assert.Equal("", await CostAsync(path));
            Assert.Equal("", await CostAsync(path + "?utm_source=anywhere"));
        }

        await PassFreshnessAsync(reader, clock);
        foreach (var path in paths)
        {
            Assert.Equal(IsAtAnAddress(path) ? "GET /addresses" : "", await CostAsync(path));
            Assert.Equal("", await CostAsync(path));
        }

        static bool IsAtAnAddress(string path) =>
            path == "/about" || path.StartsWith("/posts/", StringComparison.Ordinal);

        async Task<string> CostAsync(string path)
        {
            reader.Calls.Forget();
            await reader.ReadAsync(path);
            Assert.DoesNotContain(SiteRow, reader.Calls.Made);
            return string.Join(", ", PageCalls(reader).Select(call => string.Join('/', call.Split('/', '(')[..2])));
        }
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_looked_for_once_within_its_freshness_and_found_when_it_is_there()
    {
        await using var blog = await TestBlog.StartAsync(clock: BetweenTimers());
        await blog.PublishAsync("budget");
        string[] missing = ["/page/9", "/posts/budget/comments/9", "/tags/never", "/archive/1999/12"];

        foreach (var path in missing)
        {
            await blog.ReadAsync(path);
            blog.Calls.Forget();
            Assert.Equal(404, await blog.StatusAsync(path));
            Assert.Empty(PageCalls(blog));
        }

        await blog.WriteAsync("another", "date: 1999-12-01\ntags: [never]");
        Assert.Equal(200, await blog.StatusAsync("/tags/never"));
        Assert.Equal(200, await blog.StatusAsync("/archive/1999/12"));
    }

    [Fact]
    public async Task Readers_who_come_at_once_share_one_fetch()
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("crowd");
        await using var reader = await TestBlog.StartAsync(connection: writer.Connection, clock: BetweenTimers());

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => reader.ReadAsync("/posts/crowd")));

        var pageCalls = PageCalls(reader);
        Assert.Single(pageCalls, IsOfAddress);
        Assert.Single(pageCalls, call => call.StartsWith("GET /pages/", StringComparison.Ordinal));
        Assert.Single(pageCalls, call => call.StartsWith("PUT /pages/", StringComparison.Ordinal));
        Assert.Single(reader.Calls.Made, SiteRow);
    }

    /// <summary>Lets what was read grow old, and waits until the site's revision was read again.</summary>
    private static async Task PassFreshnessAsync(TestBlog blog, FakeTimeProvider clock)
    {
        var before = blog.Calls.Made.Count(call => call == SiteRow);
        clock.Advance(TimeSpan.FromSeconds(2));
        await TestBlog.UntilAsync(
            () => Task.FromResult(blog.Calls.Made.Count(call => call == SiteRow)),
            count => count > before,
            "the site's revision read beside requests"
        );
    }

    /// <summary>A clock at the fifth second of this minute: the blog's timers, which ask storage too, stay away from these tests.</summary>
    private static FakeTimeProvider BetweenTimers()
    {
        var now = DateTimeOffset.UtcNow;
        return new FakeTimeProvider(now.AddSeconds(5 - now.Second));
    }

    private static bool IsOfAddress(string call) => call.StartsWith("GET /addresses(", StringComparison.Ordinal);

    /// <summary>What a request asked of storage: without the local host's own looks at queues and uploads, and what is read beside requests.</summary>
    private static List<string> PageCalls(TestBlog blog) =>
        [.. blog.Calls.Made.Where(call => call != SiteRow && !StorageCalls.IsLocalHosts(call))];
}

using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Caching;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>
/// The storage calls of a page (DESIGN, section 4): 0 within its freshness, 1 to revalidate it (in the background while
/// readers come), 2 for a page that is new to the instance.
/// </summary>
[Trait("Category", "Slow")]
public sealed class StorageBudgetTests
{
    private const string SiteRow = "GET /posts(PartitionKey='site',RowKey='revision')";

    [Theory]
    [InlineData(1)]
    [InlineData(120)]
    public async Task A_page_costs_two_calls_when_new_then_none_then_one_for_any_number_of_posts_and_comments(int size)
    {
        await using var writer = await TestBlog.StartAsync();
        var post = await writer.PublishAsync("budget");
        await ContentBuilder.AddPostsAsync(writer, size - 1);
        await ContentBuilder.AddCommentsAsync(writer, post, size);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: clock
        );

        // Another instance has rendered the page before.
        Assert.Contains(
            $"{size} comment",
            await writer.ReadUntilAsync("/posts/budget", page =>
                page.Contains("Comment <em>number</em> 1.", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );
        reader.Calls.Clear();

        await reader.ReadAsync("/posts/budget");
        Assert.Collection(
            CallsOfRequests(reader),
            call => Assert.StartsWith("GET /addresses(", call, StringComparison.Ordinal),
            call => Assert.StartsWith($"GET /pages/posts/{post}/", call, StringComparison.Ordinal)
        );
        Assert.Single(reader.Calls.Recorded, SiteRow);

        reader.Calls.Clear();
        await reader.ReadAsync("/posts/budget");
        await reader.ReadAsync("/posts/budget?utm_source=anywhere");
        Assert.Empty(CallsOfRequests(reader));
        Assert.DoesNotContain(SiteRow, reader.Calls.Recorded);

        await ExpireFreshnessAsync(reader, clock);
        reader.Calls.Clear();
        await reader.ReadAsync("/posts/budget");
        Assert.StartsWith("GET /addresses(", Assert.Single(CallsOfRequests(reader)), StringComparison.Ordinal);
        Assert.DoesNotContain(SiteRow, reader.Calls.Recorded);
    }

    [Fact]
    public async Task An_icon_costs_one_call_when_new_then_none()
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.UploadAsync("icon.png", TestPictures.Encode(64, 64, SkiaSharp.SKEncodedImageFormat.Png));
        await writer.UploadAsync("theme/site.yml", "icon: /media/icon.png"u8.ToArray());
        await writer.ReadAsync("/favicon.ico");
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: clock
        );
        reader.Calls.Clear();

        await reader.ReadAsync("/favicon.ico");
        var call = Assert.Single(CallsOfRequests(reader));
        Assert.StartsWith("GET /pages/favicon.ico/", call, StringComparison.Ordinal);

        reader.Calls.Clear();
        await reader.ReadAsync("/favicon.ico");
        await ExpireFreshnessAsync(reader, clock);
        await reader.ReadAsync("/favicon.ico");
        Assert.Empty(CallsOfRequests(reader));
    }

    [Fact]
    public async Task A_comment_page_shares_the_address_read_of_the_post()
    {
        await using var writer = await TestBlog.StartAsync(new() { ["Blog:Comments:PageSize"] = "1" });
        await ContentBuilder.AddCommentsAsync(writer, await writer.PublishAsync("talked-about"), 2);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            new() { ["Blog:Comments:PageSize"] = "1" },
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: clock
        );
        await reader.ReadAsync("/posts/talked-about/comments/2");
        await ExpireFreshnessAsync(reader, clock);

        reader.Calls.Clear();
        await reader.ReadAsync("/posts/talked-about/comments/2");
        await reader.ReadAsync("/posts/talked-about");

        Assert.Single(CallsOfRequests(reader), IsAddressRead);
    }

    [Fact]
    public async Task Under_load_the_address_is_revalidated_once_in_the_background()
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("busy", body: "Before.");
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: clock
        );
        await reader.ReadAsync("/posts/busy");
        await writer.PublishAsync("busy", body: "After.");
        reader.Calls.Clear();

        clock.Advance(CacheLimits.RefreshAfter - TimeSpan.FromMilliseconds(1));
        await reader.ReadAsync("/posts/busy");
        Assert.Empty(CallsOfRequests(reader));

        var release = new TaskCompletionSource();
        reader.Calls.Delay = call => IsAddressRead(call) ? release.Task : Task.CompletedTask;
        clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Contains("Before.", await reader.ReadAsync("/posts/busy"), StringComparison.Ordinal);
        Assert.Contains("Before.", await reader.ReadAsync("/posts/busy"), StringComparison.Ordinal);
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(reader.Calls.Recorded.Count(IsAddressRead)),
            count => count == 1,
            "a look at the address"
        );
        release.SetResult();

        Assert.Contains(
            "After.",
            await reader.ReadUntilAsync("/posts/busy", page => page.Contains("After.", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Single(reader.Calls.Recorded, IsAddressRead);
    }

    [Fact]
    public async Task Rendering_a_page_again_for_a_new_comment_reads_no_post_text_and_no_list()
    {
        await using var blog = await TestBlog.StartAsync(clock: BetweenTimers());
        await blog.PublishAsync("beside");
        var post = await blog.PublishAsync("commented");
        await blog.ReadAsync("/posts/commented");
        blog.Calls.Clear();

        await ContentBuilder.SubmitCommentAsync(blog, post, "First.");
        await blog.ReadUntilAsync("/posts/commented", page => page.Contains("First.", StringComparison.Ordinal));
        Assert.DoesNotContain(blog.Calls.Recorded, IsTextOrListRead);

        await blog.PublishAsync("newest");
        await blog.ReadUntilAsync("/posts/commented", page => page.Contains("/posts/newest", StringComparison.Ordinal));
        Assert.Contains(blog.Calls.Recorded, IsTextOrListRead);

        static bool IsTextOrListRead(string call) =>
            call == "GET /posts()" || call.StartsWith("GET /accepted/", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(120)]
    public async Task The_home_page_costs_one_call_when_new_and_none_after(int size)
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("home-budget");
        await ContentBuilder.AddPostsAsync(writer, size - 1);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: clock
        );
        await writer.ReadAsync("/");
        reader.Calls.Clear();

        await reader.ReadAsync("/");
        Assert.StartsWith("GET /pages/home/1/", Assert.Single(CallsOfRequests(reader)), StringComparison.Ordinal);

        reader.Calls.Clear();
        await reader.ReadAsync("/");
        await ExpireFreshnessAsync(reader, clock);
        await reader.ReadAsync("/");
        Assert.Empty(CallsOfRequests(reader));
    }

    [Fact]
    public async Task Every_kind_of_page_costs_at_most_two_calls_when_new_then_none_then_at_most_one()
    {
        await using var writer = await TestBlog.StartAsync();
        await EveryPageKindBlog.FillAsync(writer);
        var clock = BetweenTimers();
        await using var reader = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: clock
        );
        await reader.ReadAsync("/");
        string[] paths = [.. EveryPageKindBlog.Paths, "/posts/withdrawn", "/posts/never"];

        foreach (var path in paths)
        {
            await writer.ReadAsync(path); // another instance renders it first
            Assert.Equal(
                HasAddressRow(path) ? "GET /addresses, GET /pages"
                    : path == "/" ? ""
                    : "GET /pages",
                await CostAsync(path)
            );
            Assert.Equal("", await CostAsync(path));
            Assert.Equal("", await CostAsync(path + "?utm_source=anywhere"));
        }

        await ExpireFreshnessAsync(reader, clock);
        foreach (var path in paths)
        {
            Assert.Equal(HasAddressRow(path) ? "GET /addresses" : "", await CostAsync(path));
            Assert.Equal("", await CostAsync(path));
        }

        static bool HasAddressRow(string path) =>
            path == "/about"
            || (
                path.StartsWith("/posts/", StringComparison.Ordinal)
                && !path.StartsWith("/posts/page/", StringComparison.Ordinal)
            );

        async Task<string> CostAsync(string path)
        {
            reader.Calls.Clear();
            await reader.ReadAsync(path);
            Assert.DoesNotContain(SiteRow, reader.Calls.Recorded);
            return string.Join(
                ", ",
                CallsOfRequests(reader).Select(call => string.Join('/', call.Split('/', '(')[..2]))
            );
        }
    }

    [Fact]
    public async Task A_missing_list_is_looked_up_once_within_its_freshness_and_found_once_it_exists()
    {
        await using var blog = await TestBlog.StartAsync(clock: BetweenTimers());
        await blog.PublishAsync("budget");
        string[] missing = ["/page/9", "/posts/budget/comments/9", "/tags/never", "/archive/1999/12"];

        foreach (var path in missing)
        {
            await blog.ReadAsync(path);
            blog.Calls.Clear();
            Assert.Equal(404, await blog.StatusAsync(path));
            Assert.Empty(CallsOfRequests(blog));
        }

        await blog.WriteAsync("another", "date: 1999-12-01\ntags: [never]");
        Assert.Equal(200, await blog.StatusAsync("/tags/never"));
        Assert.Equal(200, await blog.StatusAsync("/archive/1999/12"));
    }

    [Fact]
    public async Task Concurrent_requests_share_one_fetch()
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("crowd");
        await using var reader = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: BetweenTimers()
        );

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => reader.ReadAsync("/posts/crowd")));

        var calls = CallsOfRequests(reader);
        Assert.Single(calls, IsAddressRead);
        Assert.Single(calls, call => call.StartsWith("GET /pages/", StringComparison.Ordinal));
        Assert.Single(calls, call => call.StartsWith("PUT /pages/", StringComparison.Ordinal));
        Assert.Single(reader.Calls.Recorded, SiteRow);
    }

    /// <summary>
    /// Advances the clock past the freshness of pages, and waits until the site's revision has been read again.
    /// </summary>
    private static async Task ExpireFreshnessAsync(TestBlog blog, FakeTimeProvider clock)
    {
        var before = blog.Calls.Recorded.Count(call => call == SiteRow);
        clock.Advance(TimeSpan.FromSeconds(2));
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(blog.Calls.Recorded.Count(call => call == SiteRow)),
            count => count > before,
            "the site's revision read beside requests"
        );
    }

    /// <summary>
    /// A clock that starts at the fifth second of a minute, so that no timer of the blog runs during the test.
    /// </summary>
    private static FakeTimeProvider BetweenTimers()
    {
        var now = DateTimeOffset.UtcNow;
        return new FakeTimeProvider(now.AddSeconds(5 - now.Second));
    }

    private static bool IsAddressRead(string call) => call.StartsWith("GET /addresses(", StringComparison.Ordinal);

    /// <summary>
    /// The storage calls of requests: without the polling of the local host and the background read of the site's
    /// revision.
    /// </summary>
    private static List<string> CallsOfRequests(TestBlog blog) =>
        [.. blog.Calls.Recorded.Where(call => call != SiteRow && !StorageCalls.IsFromLocalHost(call))];
}

using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Web.Caching;

public sealed class PageCacheTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_page_that_changes_too_fast_is_served_stale_without_waiting_for_the_render()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        var mayRender = new TaskCompletionSource();

        await ChangeTwiceAsync(cache);

        var third = NextKey();
        Assert.Equal("two", await ReadAsync(cache, third, "three", mayRender.Task));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var late = ReadAsync(cache, third, "three", mayRender.Task); // the freshness has ended
        Assert.False(late.IsCompleted);

        mayRender.SetResult();
        Assert.Equal("three", await late);
    }

    [Fact]
    public async Task A_page_that_changes_too_fast_is_rendered_at_most_twice_a_second()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        await ChangeTwiceAsync(cache);

        var isRendered = false;
        var (between, _) = await cache.GetAsync(
            NextKey(),
            _ =>
            {
                isRendered = true;
                return Task.FromResult<RenderedPage?>(null);
            },
            CancellationToken.None
        );
        Assert.Equal("two", Encoding.UTF8.GetString(between!.Identity.Span));
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        var fourth = NextKey();
        await TestBlog.WaitUntilAsync(() => ReadAsync(cache, fourth, "four"), page => page == "four", "the page");
        Assert.False(isRendered);
    }

    [Fact]
    public async Task A_page_that_changes_too_fast_may_be_served_until_its_next_render()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        var slow = NextKey();
        Assert.Null((await FindAsync(cache, slow, "one")).Until);
        Assert.Null((await FindAsync(cache, slow, "one")).Until);

        var second = NextKey();
        await ReadAsync(cache, second, "two");
        var next = _clock.GetUtcNow() + TimeSpan.FromMilliseconds(500);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(next, (await FindAsync(cache, second, "two")).Until);
        Assert.Equal(next, (await FindAsync(cache, NextKey(), "three")).Until);

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Null((await FindAsync(cache, second, "two")).Until); // there is no newer revision to wait for
    }

    [Fact]
    public async Task A_page_that_shares_revisions_with_one_that_changes_too_fast_is_served_stale_once_it_is_cached()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        await ChangeTwiceAsync(cache);

        Assert.Equal("new", await ReadAsync(cache, NextKey(number: 2), "new"));
        Assert.Equal(
            "new",
            await ReadAsync(cache, NextKey(number: 2), "newer", after: new TaskCompletionSource().Task)
        );
        Assert.Equal(
            "of another post",
            await ReadAsync(cache, NextKey() with { Page = "posts/another/1" }, "of another post")
        );
    }

    [Fact]
    public async Task Reading_several_pages_of_one_revision_counts_as_one_change()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        var first = NextKey();

        foreach (var page in new[] { "1", "2", "3" })
        {
            await ReadAsync(cache, first with { Page = first.Group + page }, page);
        }

        Assert.Equal("changed once", await ReadAsync(cache, NextKey(), "changed once"));
    }

    [Fact]
    public async Task Pages_outside_of_posts_and_lists_do_not_share_their_change_rate()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);

        Assert.Equal("one", await ReadAsync(cache, NextKey() with { Page = "missing" }, "one"));
        Assert.Equal("two", await ReadAsync(cache, NextKey() with { Page = "gone" }, "two"));
        Assert.Equal("three", await ReadAsync(cache, NextKey() with { Page = "missing" }, "three"));
    }

    [Fact]
    public async Task A_revision_that_lasts_half_a_second_is_cached_in_memory_only()
    {
        await using var blog = await TestBlog.StartAsync();
        var files = new PageFiles(blog.Get<BlogStorage>());
        using var cache = new PageCache(files, _clock, NullLogger<PageCache>.Instance);
        await ChangeTwiceAsync(cache);
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        var third = NextKey();
        await TestBlog.WaitUntilAsync(() => ReadAsync(cache, third, "three"), page => page == "three", "the page");
        Assert.Null(await files.FindAsync(third, CancellationToken.None));

        _clock.Advance(TimeSpan.FromSeconds(2));
        var fourth = NextKey();
        Assert.Equal("four", await ReadAsync(cache, fourth, "four"));
        Assert.NotNull(await files.FindAsync(fourth, CancellationToken.None));
    }

    [Fact]
    public async Task A_failed_background_render_is_retried()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        await ChangeTwiceAsync(cache);

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        var fourth = NextKey();
        var failed = new TaskCompletionSource();

        Assert.Equal("two", await ReadAsync(cache, fourth, "never", failed.Task));
        failed.SetException(new InvalidOperationException("As the test wants it."));

        await TestBlog.WaitUntilAsync(() => ReadAsync(cache, fourth, "four"), page => page == "four", "the page");
    }

    /// <summary>
    /// Renders the page at two revisions. Both are waited for; after them the page counts as changing too fast.
    /// </summary>
    private async Task ChangeTwiceAsync(PageCache cache)
    {
        foreach (var text in new[] { "one", "two" })
        {
            Assert.Equal(text, await ReadAsync(cache, NextKey(), text));
        }
    }

    private PageKey NextKey(int number = 1)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        return new PageKey($"posts/{GetHashCode()}/{number}", "build", Revision.None, Revision.Next(_clock));
    }

    private static async Task<string> ReadAsync(PageCache cache, PageKey key, string text, Task? after = null) =>
        Encoding.UTF8.GetString((await FindAsync(cache, key, text, after)).Page!.Identity.Span);

    private static async Task<CachedPage> FindAsync(PageCache cache, PageKey key, string text, Task? after = null) =>
        await cache.GetAsync(
            key,
            async _ =>
            {
                await (after ?? Task.CompletedTask);
                return new RenderedPage(Encoding.UTF8.GetBytes(text), null);
            },
            CancellationToken.None
        );
}

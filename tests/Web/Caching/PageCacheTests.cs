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
    public async Task A_page_that_changes_faster_than_readers_are_promised_to_see_is_not_waited_for()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        var mayEnd = new TaskCompletionSource();

        await MakeTwiceAsync(cache);

        var third = NextKey();
        Assert.Equal("two", await ReadAsync(cache, third, "three", mayEnd.Task));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var late = ReadAsync(cache, third, "three", mayEnd.Task); // the freshness is over
        Assert.False(late.IsCompleted);

        mayEnd.SetResult();
        Assert.Equal("three", await late);
    }

    [Fact]
    public async Task A_page_that_changes_too_fast_is_made_twice_a_second_and_no_more_often()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        await MakeTwiceAsync(cache);

        var isMade = false;
        var (between, _) = await cache.GetAsync(
            NextKey(),
            _ =>
            {
                isMade = true;
                return Task.FromResult<RenderedPage?>(null);
            },
            CancellationToken.None
        );
        Assert.Equal("two", Encoding.UTF8.GetString(between!.Identity.Span));
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        var fourth = NextKey();
        await TestBlog.UntilAsync(() => ReadAsync(cache, fourth, "four"), page => page == "four", "the page");
        Assert.False(isMade);
    }

    [Fact]
    public async Task A_page_that_changes_too_fast_is_good_until_it_is_next_made()
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
        Assert.Null((await FindAsync(cache, second, "two")).Until); // nothing newer: as good as it is
    }

    [Fact]
    public async Task A_page_that_changes_with_one_that_changes_too_fast_is_not_waited_for_once_it_is_there()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        await MakeTwiceAsync(cache);

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
    public async Task Pages_of_one_state_are_one_change_however_many_are_read()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        var first = NextKey();

        foreach (var page in new[] { "1", "2", "3" })
        {
            await ReadAsync(cache, first with { Page = first.Kin + page }, page);
        }

        Assert.Equal("changed once", await ReadAsync(cache, NextKey(), "changed once"));
    }

    [Fact]
    public async Task Pages_of_no_list_do_not_change_together()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);

        Assert.Equal("one", await ReadAsync(cache, NextKey() with { Page = "missing" }, "one"));
        Assert.Equal("two", await ReadAsync(cache, NextKey() with { Page = "gone" }, "two"));
        Assert.Equal("three", await ReadAsync(cache, NextKey() with { Page = "missing" }, "three"));
    }

    [Fact]
    public async Task A_state_that_lasts_half_a_second_is_kept_in_memory_only()
    {
        await using var blog = await TestBlog.StartAsync();
        var files = new PageFiles(blog.Get<BlogStorage>());
        using var cache = new PageCache(files, _clock, NullLogger<PageCache>.Instance);
        await MakeTwiceAsync(cache);
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        var third = NextKey();
        await TestBlog.UntilAsync(() => ReadAsync(cache, third, "three"), page => page == "three", "the page");
        Assert.Null(await files.FindAsync(third, CancellationToken.None));

        _clock.Advance(TimeSpan.FromSeconds(2));
        var fourth = NextKey();
        Assert.Equal("four", await ReadAsync(cache, fourth, "four"));
        Assert.NotNull(await files.FindAsync(fourth, CancellationToken.None));
    }

    [Fact]
    public async Task What_cannot_be_made_behind_the_readers_is_asked_for_again()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = new PageCache(new PageFiles(blog.Get<BlogStorage>()), _clock, NullLogger<PageCache>.Instance);
        await MakeTwiceAsync(cache);

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        var fourth = NextKey();
        var failed = new TaskCompletionSource();

        Assert.Equal("two", await ReadAsync(cache, fourth, "never", failed.Task));
        failed.SetException(new InvalidOperationException("As the test wants it."));

        await TestBlog.UntilAsync(() => ReadAsync(cache, fourth, "four"), page => page == "four", "the page");
    }

    /// <summary>The first changes are waited for; after two the page changes too fast.</summary>
    private async Task MakeTwiceAsync(PageCache cache)
    {
        foreach (var text in new[] { "one", "two" })
        {
            Assert.Equal(text, await ReadAsync(cache, NextKey(), text));
        }
    }

    private PageKey NextKey(int number = 1)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        return new PageKey($"posts/{GetHashCode()}/{number}", "look", Revision.None, Revision.Next(_clock));
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

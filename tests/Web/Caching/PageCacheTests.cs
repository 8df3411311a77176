using System.Text;
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
    public async Task Each_state_of_a_page_is_rendered_once_and_found_by_other_instances()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = NewCache(blog);
        using var other = NewCache(blog);
        var (first, second) = (NextKey(), NextKey());

        Assert.Equal("one", await ReadAsync(cache, first, "one"));
        Assert.Equal("two", await ReadAsync(cache, second, "two"));
        Assert.Equal("one", await ReadAsync(cache, first, "rendered again"));
        Assert.Equal("two", await ReadAsync(other, second, "rendered again"));
    }

    [Fact]
    public async Task All_who_wait_for_a_page_share_one_render()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = NewCache(blog);
        var (key, release) = (NextKey(), new TaskCompletionSource());

        var waiting = Enumerable.Range(0, 20).Select(n => ReadAsync(cache, key, $"render {n}", release.Task)).ToList();
        release.SetResult();

        Assert.Single((await Task.WhenAll(waiting)).Distinct());
    }

    [Fact]
    public async Task A_failed_render_is_thrown_to_all_who_wait_and_is_not_remembered()
    {
        await using var blog = await TestBlog.StartAsync();
        using var cache = NewCache(blog);
        var (key, fail) = (NextKey(), new TaskCompletionSource());

        var (one, two) = (ReadAsync(cache, key, "never", fail.Task), ReadAsync(cache, key, "never", fail.Task));
        fail.SetException(new InvalidOperationException("As the test wants it."));

        await Assert.ThrowsAsync<InvalidOperationException>(() => one);
        await Assert.ThrowsAsync<InvalidOperationException>(() => two);
        Assert.Equal("again", await ReadAsync(cache, key, "again"));
    }

    private static PageCache NewCache(TestBlog blog) =>
        new(new PageFiles(blog.Get<BlogStorage>()), blog.Get<StorageCircuit>());

    private PageKey NextKey()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        return new PageKey("posts/cached/1", "build", Revision.None, Revision.Next(_clock));
    }

    private static async Task<string> ReadAsync(PageCache cache, PageKey key, string text, Task? after = null) =>
        Encoding.UTF8.GetString((
                await cache.GetAsync(
                    key,
                    async _ =>
                    {
                        await (after ?? Task.CompletedTask);
                        return new RenderedPage(Encoding.UTF8.GetBytes(text), null);
                    },
                    CancellationToken.None
                )
            )!.Identity.Span);
}

using System.Net;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Tests.Site;

public sealed class NotFoundAndGoneTests
{
    [Fact]
    public async Task Error_pages_link_to_the_newest_five_posts()
    {
        await using var blog = await TestBlog.StartAsync();
        await Task.WhenAll(
            Enumerable.Range(1, 6).Select(day => blog.WriteAsync($"newest-{day}", $"date: 2026-03-0{day}"))
        );
        await blog.WriteAsync("gone", "date: 2026-02-01");
        await blog.DeleteAsync("gone.md");

        var (missing, gone) = (
            await blog.OpenAsync("/no/such/page?a=1"),
            await blog.OpenAsync("/posts/gone/comments/2")
        );

        Assert.Equal(["Nothing here"], missing.Words("main h1"));
        Assert.Equal(["Gone"], gone.Words("main h1"));
        Assert.All([missing, gone], page =>
        {
            Assert.Equal(
                Enumerable.Range(2, 5).Reverse().Select(day => $"/posts/newest-{day}"),
                page.Links("main ul a")
            );
            Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        });
        Assert.Equal((404, 410), (await blog.StatusAsync("/no/such/page"), await blog.StatusAsync("/posts/gone")));

        await blog.WriteAsync("newest-7", "date: 2026-03-07");
        Assert.Equal("/posts/newest-7", (await blog.OpenAsync("/no/such/page")).Links("main ul a").First());
        Assert.Equal("/posts/newest-7", (await blog.OpenAsync("/posts/gone")).Links("main ul a").First());
    }

    [Fact]
    public async Task A_redirect_is_cached_no_longer_than_a_page_so_that_an_address_can_return()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("wandering", "date: 2026-03-01\nslug: here");
        await blog.WriteAsync("wandering", "date: 2026-03-01\nslug: there");

        using var moved = await blog.GetAsync("/posts/here");
        using var spelled = await blog.GetAsync("/posts/THERE");

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/posts/there"),
            (moved.StatusCode, moved.Headers.Location!.OriginalString)
        );
        Assert.All([moved, spelled], response =>
            Assert.Equal(CachePolicy.Redirect.CacheControl, response.Headers.GetValues("Cache-Control").Single())
        );

        await blog.WriteAsync("wandering", "date: 2026-03-01\nslug: here");
        Assert.Equal(200, await blog.StatusAsync("/posts/here"));
        Assert.Equal(301, await blog.StatusAsync("/posts/there"));
    }

    [Fact]
    public async Task All_missing_paths_share_one_cached_page()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.ReadAsync("/");
        blog.Calls.Clear();

        foreach (
            var path in new[]
            {
                "/a",
                "/b?c=d",
                "/tags/none",
                "/archive/1999",
                "/page/7",
                "/a/b/c.php",
                "/a//b",
                "/posts/x/comments/3",
                "/%2e%2e/x",
                "/feed.xml/more",
            }
        )
        {
            Assert.Equal(404, await blog.StatusAsync(path));
        }

        Assert.Single(blog.Calls.Recorded, call => call.StartsWith("PUT /pages/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task For_a_missing_comment_page_no_post_text_is_read()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("short");
        blog.Calls.Clear();

        Assert.Equal(404, await blog.StatusAsync("/posts/short/comments/2"));

        Assert.DoesNotContain(blog.Calls.Recorded, call => call.StartsWith("GET /accepted/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_query_strings_do_not_render_another_page()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("asked");

        foreach (var path in new[] { "/", "/tags", "/feed.xml", "/posts/asked" })
        {
            var page = await blog.ReadAsync(path);
            blog.Calls.Clear();
            foreach (var query in new[] { "?", "?page=2", "?utm_source=a", "?v=1&v=2", "?%00", "?receipt=nonsense" })
            {
                Assert.Equal(page, await blog.ReadAsync(path + query));
            }

            Assert.DoesNotContain(blog.Calls.Recorded, call => call.Contains(" /pages/", StringComparison.Ordinal));
        }
    }
}

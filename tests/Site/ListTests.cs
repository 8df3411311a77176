using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

public sealed class ListTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    [Fact]
    public async Task The_home_page_lists_the_newest_ten_posts_and_page_2_the_older_ones()
    {
        await using var blog = await TestBlog.StartAsync();
        for (var day = 1; day <= 12; day++)
        {
            await blog.WriteAsync($"day-{day}", $"date: 2026-03-{day:00}");
        }

        var home = await blog.OpenAsync("/");
        var older = await blog.OpenAsync("/page/2");

        Assert.Equal(
            ["day-12", "day-11", "day-10", "day-9", "day-8", "day-7", "day-6", "day-5", "day-4", "day-3"],
            home.Titles()
        );
        Assert.Equal(["day-2", "day-1"], older.Titles());
        Assert.Equal(["/page/2"], home.Links("nav.pager a.older"));
        Assert.Equal(["/"], older.Links("nav.pager a.newer"));
        Assert.Equal(("Test blog", "Page 2 – Test blog"), (home.Title, older.Title));
    }

    [Theory]
    [InlineData("/page/3")]
    [InlineData("/page/0")]
    [InlineData("/page/-1")]
    [InlineData("/page/x")]
    [InlineData("/page/99999999999999")]
    public async Task A_page_beyond_the_list_is_404(string address) =>
        Assert.Equal(404, await fixture.Blog.StatusAsync(address));

    [Fact]
    public async Task Pinned_posts_are_on_top_of_the_first_page_and_nowhere_else()
    {
        await using var blog = await TestBlog.StartAsync();
        await Task.WhenAll(
            Enumerable
                .Range(1, 13)
                .Select(day =>
                    blog.WriteAsync(
                        $"pin-{day}",
                        $"date: 2026-03-{day:00}\npinned: {(day is 1 or 13 ? "true" : "false")}"
                    )
                )
        );

        var home = await blog.OpenAsync("/");
        var older = await blog.OpenAsync("/page/2");

        Assert.Equal(
            ["pin-13", "pin-1", .. Enumerable.Range(3, 10).Reverse().Select(day => $"pin-{day}")],
            home.Titles()
        );
        Assert.Equal(["Pinned", "Pinned"], home.Words(".label"));
        Assert.Equal(["pin-2"], older.Titles());
        Assert.Empty(older.Links("nav.pager a.older"));
    }

    [Fact]
    public async Task With_more_than_five_pinned_posts_none_is_missing()
    {
        await using var blog = await TestBlog.StartAsync();
        await Task.WhenAll(
            Enumerable
                .Range(1, 7)
                .Select(day => blog.WriteAsync($"many-{day}", $"date: 2026-03-{day:00}\npinned: true"))
        );

        var home = await blog.OpenAsync("/");

        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(day => $"many-{day}"), home.Titles());
        Assert.Equal(5, home.Words(".label").Count());
    }

    [Fact]
    public async Task All_posts_have_a_list_without_pinned_ones_on_top_to_which_the_breadcrumb_leads()
    {
        var (first, second) = (await fixture.Blog.OpenAsync("/posts"), await fixture.Blog.OpenAsync("/posts/page/2"));
        var post = await fixture.Blog.OpenAsync("/posts/day-1");

        Assert.Equal(["All posts"], first.Words("main h1"));
        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(day => $"day-{day}"), first.Titles());
        Assert.Equal(["day-2", "day-1", "moved"], second.Titles());
        Assert.Equal(["/posts"], second.Links("nav.pager a.newer"));
        Assert.Equal(["/", "/posts", "/posts/day-1"], post.Links("nav.breadcrumb a"));
        Assert.Equal(404, await fixture.Blog.StatusAsync("/posts/page/3"));
    }

    [Fact]
    public async Task Newer_is_on_the_left_and_older_on_the_right_in_lists_and_on_posts()
    {
        var (list, post) = (
            await fixture.Blog.OpenAsync("/posts/page/2"),
            await fixture.Blog.OpenAsync("/posts/day-3")
        );

        Assert.Equal(["Newer posts"], list.Words("nav.pager a.newer"));
        Assert.Equal(["Newer post day-4", "Older post day-2"], post.Words("nav.pager a"));
        Assert.Equal(["/posts/day-4"], post.Links("nav.pager a.newer"));
        Assert.Equal(["/posts/day-2"], post.Links("nav.pager a.older"));
    }

    [Fact]
    public async Task An_empty_blog_has_a_home_page()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.Contains("Nothing has been published yet", await blog.ReadAsync("/"), StringComparison.Ordinal);
    }
}

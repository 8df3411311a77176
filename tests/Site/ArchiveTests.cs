using ServerlessBlog.Site.Lists;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

public sealed class ArchiveTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    [Fact]
    public async Task Months_and_years_begin_in_the_blogs_time_zone()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:TimeZone"] = "Europe/Berlin" });
        await blog.WriteAsync("already-may", "date: 2026-04-30T23:30:00Z");
        await blog.WriteAsync("still-april", "date: 2026-04-30T21:30:00Z");
        await blog.WriteAsync("already-new-year", "date: 2025-12-31T23:30:00Z");

        var archive = await blog.OpenAsync("/archive");
        var (may, april) = (await blog.OpenAsync("/archive/2026/05"), await blog.OpenAsync("/archive/2026/04"));
        var year = await blog.OpenAsync("/archive/2026");

        Assert.Equal(["May 2026", "April 2026", "January 2026"], archive.Words("h2"));
        Assert.Equal(["/archive/2026/05", "/archive/2026/04", "/archive/2026/01"], archive.Links("h2 a"));
        Assert.Equal(
            ["already-may May 1, 2026", "still-april April 30, 2026", "already-new-year January 1, 2026"],
            archive.Words("ul.index li")
        );
        Assert.Equal(["Posts from May 2026"], may.Words("main h1"));
        Assert.Equal(["already-may"], may.Titles());
        Assert.Equal(["May 1, 2026"], may.Words("time"));
        Assert.Equal(["still-april"], april.Titles());
        Assert.Equal(archive.Words("ul.index li"), year.Words("ul.index li"));
        Assert.Equal(404, await blog.StatusAsync("/archive/2025/12"));
        Assert.Equal(404, await blog.StatusAsync("/archive/2025"));
    }

    [Fact]
    public async Task A_month_whose_first_hour_is_repeated_starts_with_the_earlier_one()
    {
        // At 01:00 on 1 November 2026 the clocks in Havana go back to midnight.
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:TimeZone"] = "America/Havana" });
        await blog.WriteAsync("twice", "date: 2026-11-01T04:30:00Z");

        var archive = await blog.OpenAsync("/archive");

        Assert.Equal(["/archive/2026/11"], archive.Links("h2 a"));
        Assert.Equal(["twice"], (await blog.OpenAsync("/archive/2026/11")).Titles());
        Assert.Equal(404, await blog.StatusAsync("/archive/2026/10"));
    }

    [Fact]
    public async Task A_long_month_is_paged_and_a_year_has_all_titles()
    {
        var month = await fixture.Blog.OpenAsync("/archive/2026/03/page/2");
        var year = await fixture.Blog.OpenAsync("/archive/2026");

        Assert.Equal(["day-2", "day-1"], month.Titles());
        Assert.Equal(["/archive/2026/03"], month.Links("nav.pager a"));
        Assert.Equal(
            [.. Enumerable.Range(1, 12).Reverse().Select(day => $"/posts/day-{day}"), "/posts/after"],
            year.Links("ul.index a")
        );
    }

    [Fact]
    public async Task Years_are_folded_except_for_the_newest()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("new", "date: 2026-05-01");
        await blog.WriteAsync("old", "date: 2024-05-01");
        await blog.WriteAsync("older", "date: 2024-04-01");

        var archive = await blog.OpenAsync("/archive");

        Assert.Equal(["2026 1 post", "2024 2 posts"], archive.Words("details > summary"));
        Assert.Equal(["2026 1 post"], archive.Words("details[open] > summary"));
        Assert.Equal(["/posts/old", "/posts/older"], archive.Links("details:not([open]) ul.index a"));
    }

    [Fact]
    public async Task Beyond_500_titles_months_show_the_number_of_their_posts_and_the_year_has_a_page_of_its_own()
    {
        await using var blog = await TestBlog.StartAsync();
        await ContentBuilder.AddPostsAsync(blog, ArchivePageRenderer.MaxTitles, number =>
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(number)
        );
        await ContentBuilder.AddPostsAsync(
            blog,
            2,
            number => new DateTimeOffset(2025, number, 1, 0, 0, 0, TimeSpan.Zero),
            "early"
        );
        await blog.RaiseSiteAsync();

        var archive = await blog.OpenAsync("/archive");
        var year = await blog.OpenAsync("/archive/2025");

        Assert.Equal(ArchivePageRenderer.MaxTitles, archive.Links("ul.index a").Count());
        Assert.Equal(["February 2025 1 post", "January 2025 1 post"], archive.Words("details:not([open]) h3"));
        Assert.Equal(["/archive/2025"], archive.Links("details:not([open]) > p > a"));
        Assert.Equal(["/posts/early-2", "/posts/early-1"], year.Links("ul.index a"));
    }

    [Theory]
    [InlineData("/archive/2025")]
    [InlineData("/archive/2026/12")]
    [InlineData("/archive/2026/0")]
    [InlineData("/archive/2026/13")]
    [InlineData("/archive/2026/03/01")]
    [InlineData("/archive/2026/03/page/3")]
    [InlineData("/archive/page/2")]
    [InlineData("/archive/0")]
    [InlineData("/archive/1")]
    [InlineData("/archive/0001")]
    [InlineData("/archive/0001/01")]
    [InlineData("/archive/0001/12")]
    [InlineData("/archive/9998/12")]
    [InlineData("/archive/9999")]
    [InlineData("/archive/99999999999")]
    [InlineData("/archive/-2026")]
    [InlineData("/archive/may")]
    public async Task A_period_without_posts_and_an_invalid_one_are_404(string address) =>
        Assert.Equal(404, await fixture.Blog.StatusAsync(address));
}

using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Site;

/// <summary>Addresses below the blog's own (case F12), and of a query (case F13).</summary>
[Trait("Category", "Slow")]
public sealed class OldAddressTests
{
    [Fact]
    public async Task An_alias_below_the_blogs_own_addresses_leads_to_the_post_and_those_keep_their_pages()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("x.md", TextCase.Find("F12"));
        await fixture.PublishAsync(
            "y.md",
            PublishingFixture.Text(
                "Y",
                "tags: [sea]\nurl: /archive/y\n"
                    + "aliases: [/tags/2009/sea.html, /search/label/y, /page/about, /archive/2009/13, /comment/reply/7]"
            )
        );

        Assert.Equal("301 /posts/x", await fixture.StatusAsync("/archive/2009/05/22/x.aspx"));
        foreach (
            var path in (string[])
                ["/tags/2009/sea.html", "/search/label/y", "/page/about", "/archive/2009/13", "/comment/reply/7"]
        )
        {
            Assert.Equal("301 /archive/y", await fixture.StatusAsync(path));
        }

        foreach (var path in (string[])["/archive/y", "/archive", "/archive/2026/01", "/tags", "/tags/sea"])
        {
            Assert.Equal("200", await fixture.StatusAsync(path));
        }

        Assert.Equal("404", await fixture.StatusAsync("/archive/nothing"));
    }

    [Theory]
    [InlineData("/archive/2009/05")]
    [InlineData("/archive/2009/page/2")]
    [InlineData("/tags/sea")]
    [InlineData("/tags/sea/page/2")]
    [InlineData("/page/7")]
    [InlineData("/search")]
    [InlineData("/comment/x")]
    [InlineData("/media/a/b")]
    public async Task An_alias_that_is_one_of_the_blogs_own_addresses_is_refused(string path)
    {
        await using var fixture = await PublishingFixture.StartAsync();

        var report = await fixture.PublishAsync("x.md", PublishingFixture.Text("X", $"aliases: {path}"));

        Assert.Equal(UploadOutcome.Refused, report.Outcome);
        Assert.Contains("in 'aliases': ", report.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_permalinks_of_a_blog_may_lie_below_its_own_addresses()
    {
        await using var fixture = await PublishingFixture.StartAsync(
            settings: new() { ["Blog:Permalink"] = "/archive/{year}/{month}/{day}/{slug}" }
        );
        await fixture.PublishAsync("x.md", PublishingFixture.Text("X"));

        Assert.Equal("200", await fixture.StatusAsync("/archive/2026/01/02/x"));
        Assert.Equal("200", await fixture.StatusAsync("/archive/2026/01"));
    }

    [Fact]
    public async Task A_query_of_WordPress_leads_to_its_post_and_any_other_to_the_page()
    {
        Assert.Equal("GET /?p=123", TextCase.Find("F13"));
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(
            "x.md",
            PublishingFixture.Text("X", "aliases: ['/?p=123', '/?page_id=7', '/blog/index.php?id=5']")
        );

        // Twice: a response that is held for the path must not answer for the query, nor the other way round.
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("301 /posts/x", await fixture.StatusAsync("/?p=123"));
            Assert.Equal("301 /posts/x", await fixture.StatusAsync("/?utm_source=feed&p=123"));
            Assert.Equal("301 /posts/x", await fixture.StatusAsync("/?page_id=7"));
            Assert.Equal("301 /posts/x", await fixture.StatusAsync("/blog/index.php?id=5"));
            Assert.Equal("200", await fixture.StatusAsync("/"));
            Assert.Equal("200", await fixture.StatusAsync("/?p=124"));
            Assert.Equal("200", await fixture.StatusAsync("/?p=abc"));
            Assert.Equal("200", await fixture.StatusAsync("/posts/x?p=123"));
            Assert.Equal("404", await fixture.StatusAsync("/blog/index.php"));
        }

        await fixture.WithdrawAsync("x.md");
        Assert.Equal("410", await fixture.StatusAsync("/?p=123"));
    }
}

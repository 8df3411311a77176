using System.Net;

namespace ServerlessBlog.Tests.Web;

/// <summary>Each page has one canonical URL, to which every other spelling redirects.</summary>
public sealed class CanonicalUrlTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    [Theory]
    [InlineData("/page/1", "/")]
    [InlineData("/tags/%C3%BCber%20uns/page/1", "/tags/%C3%BCber%20uns")]
    [InlineData("/archive/2026/03/page/1", "/archive/2026/03")]
    [InlineData("/posts/day-1/comments/1", "/posts/day-1")]
    [InlineData("/tags/C%2FC++", "/tags/c-c%2B%2B")]
    [InlineData("/tags/u%CC%88ber%20uns", "/tags/%C3%BCber%20uns")]
    [InlineData("/feed", "/feed.xml")]
    [InlineData("/feed/", "/feed.xml")]
    [InlineData("/feed/rss2/", "/feed.xml")]
    [InlineData("/feeds/posts/default", "/feed.xml")]
    [InlineData("/rss", "/feed.xml")]
    [InlineData("/RSS.xml", "/feed.xml")]
    [InlineData("/index.xml", "/feed.xml")]
    [InlineData("/posts/", "/posts")]
    [InlineData("/posts/page/1", "/posts")]
    [InlineData("/archive/2026/page/2", "/archive/2026")]
    [InlineData("/authors/GRACE", "/authors/grace")]
    [InlineData("/page/2/", "/page/2")]
    [InlineData("/Page/002", "/page/2")]
    [InlineData("/tags/", "/tags")]
    [InlineData("/TAGS", "/tags")]
    [InlineData("/tags/%C3%9Cber%20UNS", "/tags/%C3%BCber%20uns")]
    [InlineData("/tags/%20%C3%BCber%20uns/", "/tags/%C3%BCber%20uns")]
    [InlineData("/Tags/%C3%BCber%20uns/Page/02/", "/tags/%C3%BCber%20uns/page/2")]
    [InlineData("/Archive/", "/archive")]
    [InlineData("/archive/2026/", "/archive/2026")]
    [InlineData("/archive/2026/3", "/archive/2026/03")]
    [InlineData("/ARCHIVE/2026/3/PAGE/2", "/archive/2026/03/page/2")]
    [InlineData("/Feed.xml", "/feed.xml")]
    [InlineData("/sitemap.xml/", "/sitemap.xml")]
    [InlineData("/ROBOTS.TXT", "/robots.txt")]
    [InlineData("/About/", "/about")]
    [InlineData("/POSTS/Day-1/", "/posts/day-1")]
    [InlineData("/posts/before", "/posts/after")]
    [InlineData("/Posts/Before/comments/2", "/posts/after/comments/2")]
    public async Task Another_spelling_redirects_permanently_to_the_canonical_URL_with_its_query(
        string spelling,
        string address
    )
    {
        using var plain = await fixture.Blog.GetAsync(spelling);
        using var withQuery = await fixture.Blog.GetAsync($"{spelling}?utm_source=a%20b&x=%C3%BC", method: "HEAD");

        Assert.Equal(HttpStatusCode.MovedPermanently, plain.StatusCode);
        Assert.Equal(address, plain.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.MovedPermanently, withQuery.StatusCode);
        Assert.Equal($"{address}?utm_source=a%20b&x=%C3%BC", withQuery.Headers.Location!.OriginalString);
    }

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.Html), MemberType = typeof(EveryPageKindBlog))]
    public async Task A_page_names_its_canonical_URL_for_every_query_string(string address)
    {
        var page = await fixture.Blog.OpenAsync($"{address}?utm_source=anywhere");

        Assert.Equal([$"http://blog.test{address}"], page.Links("link[rel=canonical]"));
        Assert.Equal(
            $"http://blog.test{address}",
            page.QuerySelector("meta[property='og:url']")!.GetAttribute("content")
        );
    }
}

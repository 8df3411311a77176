using System.Net;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>How long each kind of response may be cached. The numbers are those of docs/cdn.md.</summary>
public sealed class CachePolicyTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    private const string Page = "public, max-age=0, s-maxage=2, stale-while-revalidate=2, stale-if-error=86400";
    private const string PageAtCdn = "max-age=2, stale-while-revalidate=2, stale-if-error=86400";
    private const string Feed = "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400";
    private const string FeedAtCdn = "max-age=60, stale-while-revalidate=60, stale-if-error=86400";
    private const string Error = "public, max-age=0, s-maxage=2";
    private const string ErrorAtCdn = "max-age=2";
    private const string Private = "private, no-store";

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.Html), MemberType = typeof(EveryPageKindBlog))]
    public async Task Every_page_may_be_kept_for_seconds(string address) =>
        Assert.Equal((Page, PageAtCdn), await ReadAsync(address));

    [Theory]
    [InlineData("/feed.xml", Feed, FeedAtCdn)]
    [InlineData("/atom.xml", Feed, FeedAtCdn)]
    [InlineData("/comments.xml", Feed, FeedAtCdn)]
    [InlineData("/posts/day-1/comments.xml", Feed, FeedAtCdn)]
    [InlineData("/posts/before/comments.xml", Page, PageAtCdn)]
    [InlineData("/posts/withdrawn/comments.xml", Error, ErrorAtCdn)]
    [InlineData("/posts/never/comments.xml", Error, ErrorAtCdn)]
    [InlineData("/sitemap.xml", Feed, FeedAtCdn)]
    [InlineData("/robots.txt", Feed, FeedAtCdn)]
    [InlineData("/sitemap-1.xml", Feed, FeedAtCdn)]
    [InlineData("/.well-known/security.txt", Error, ErrorAtCdn)]
    [InlineData("/social-cards/site/older.png", Page, PageAtCdn)]
    [InlineData("/posts/before", Page, PageAtCdn)]
    [InlineData("/posts/day-1/", Page, PageAtCdn)]
    [InlineData("/posts/withdrawn", Error, ErrorAtCdn)]
    [InlineData("/posts/never", Error, ErrorAtCdn)]
    [InlineData("/icons/20.png", Error, ErrorAtCdn)]
    [InlineData("/style.css", "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400", null)]
    [InlineData("/blog.js", "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400", null)]
    [InlineData("/favicon.ico", "public, max-age=86400, stale-while-revalidate=60, stale-if-error=86400", null)]
    [InlineData("/style.css?v=older", Page, PageAtCdn)]
    [InlineData("/posts/day-1?utm_source=a", Page, PageAtCdn)]
    public async Task Other_public_responses_have_times_of_their_own(string address, string all, string? cdns) =>
        Assert.Equal((all, cdns), await ReadAsync(address));

    [Theory]
    [InlineData("/posts/before?receipt=token")]
    [InlineData("/posts/day-1/?receipt=token")]
    [InlineData("/posts/never?p=1")]
    [InlineData("/posts/withdrawn?p=1")]
    [InlineData("/moderate")]
    [InlineData("/moderate/posts/all")]
    [InlineData("/moderate/sign-in/no-token")]
    [InlineData("/moderate/no-token")]
    [InlineData("/moderate/badge/no-post")]
    [InlineData("/comment/no-token")]
    public async Task What_is_private_or_belongs_to_a_query_is_stored_nowhere(string address) =>
        Assert.Equal((Private, null), await ReadAsync(address));

    [Theory]
    [InlineData("/posts/day-1")]
    [InlineData("/nowhere")]
    [InlineData("/moderate")]
    [InlineData("/api/preview")]
    [InlineData("/posts/none/comments")]
    [InlineData("/posts/day-1/comments")]
    public async Task No_response_to_a_POST_may_be_stored(string address)
    {
        using var content = new FormUrlEncodedContent([]);
        using var response = await fixture.Blog.Http.PostAsync(new Uri(address, UriKind.Relative), content);

        Assert.True(response.StatusCode >= HttpStatusCode.BadRequest || response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(Private, response.Headers.NonValidated["Cache-Control"].Single());
    }

    [Fact]
    public void The_promised_time_is_that_of_an_instance_and_of_a_shared_cache() =>
        Assert.Equal(TimeSpan.FromSeconds(2 + 2 + 2), CachePolicy.MaxPageAge);

    private async Task<(string CacheControl, string? ForCdns)> ReadAsync(string address)
    {
        using var response = await fixture.Blog.GetAsync(address);
        var headers = response.Headers.NonValidated;
        return (
            headers["Cache-Control"].Single(),
            headers.TryGetValues(CachePolicy.CdnCacheControlName, out var values) ? values.Single() : null
        );
    }
}

using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ServerlessBlog.Feeds;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>The sitemap and robots.txt; see https://www.sitemaps.org/protocol.html.</summary>
public sealed class SitemapTests
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    [Fact]
    public async Task The_sitemap_lists_every_page_with_the_time_of_its_last_change()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Permalink"] = "/{year}/{slug}" });
        await blog.WriteAsync("about", "type: page\nurl: /über-uns\nmenu: false");
        await blog.WriteAsync("plain", "date: 2026-03-01");
        await blog.WriteAsync("ahead", "date: 2026-03-02T12:00:00+02:00");
        await blog.WriteAsync("withdrawn", "date: 2026-03-03");
        await blog.WriteAsync("plain", "date: 2026-03-01", "Changed.");
        await blog.DeleteAsync("withdrawn.md");

        using var response = await blog.GetAsync("/sitemap.xml");
        var urls = XDocument
            .Load(await response.Content.ReadAsStreamAsync())
            .Root!.Elements(Map + "url")
            .ToDictionary(
                url => url.Element(Map + "loc")!.Value,
                url =>
                    DateTimeOffset.ParseExact(
                        url.Element(Map + "lastmod")!.Value,
                        "yyyy-MM-dd'T'HH:mm:ss'Z'",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal
                    )
            );

        Assert.Equal("application/xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            [
                "http://blog.test/",
                "http://blog.test/%C3%BCber-uns",
                "http://blog.test/2026/ahead",
                "http://blog.test/2026/plain",
            ],
            urls.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(await UpdatedAsync(blog, "plain.md"), urls["http://blog.test/2026/plain"]);
        Assert.Equal(await UpdatedAsync(blog, "about.md"), urls["http://blog.test/%C3%BCber-uns"]);
        Assert.Equal(urls["http://blog.test/2026/plain"], urls["http://blog.test/"]);
    }

    [Fact]
    public async Task A_post_published_before_its_date_counts_as_changed_on_its_date()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = ContentBuilder.BuildPost("planned");
        await blog.Get<PostTable>().SaveAsync(null, post with { Date = post.Date.AddDays(9) }, CancellationToken.None);

        Assert.Contains(
            "<loc>http://blog.test/posts/planned</loc><lastmod>2026-01-10T00:00:00Z</lastmod>",
            await blog.ReadAsync("/sitemap.xml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_home_page_does_not_change_with_a_post_that_is_not_on_it()
    {
        await using var blog = await TestBlog.StartAsync();
        for (var day = 0; day <= 10; day++)
        {
            var post = ContentBuilder.BuildPost($"day-{day}");
            var date = post.Date.AddDays(day);
            await blog.Get<PostTable>()
                .SaveAsync(
                    null,
                    post with
                    {
                        Date = date,
                        Updated = day == 0 ? date.AddYears(1) : date,
                    },
                    CancellationToken.None
                );
        }

        var sitemap = await blog.ReadAsync("/sitemap.xml");

        Assert.Contains(
            "<loc>http://blog.test/</loc><lastmod>2026-01-11T00:00:00Z</lastmod>",
            sitemap,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<loc>http://blog.test/posts/day-0</loc><lastmod>2027-01-01T00:00:00Z</lastmod>",
            sitemap,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_sitemap_of_an_empty_blog_lists_its_home_page()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.Equal(
            ["http://blog.test/"],
            XDocument.Parse(await blog.ReadAsync("/sitemap.xml")).Descendants(Map + "loc").Select(loc => loc.Value)
        );
    }

    [Theory]
    [InlineData(60_000, 20, 50_000)]
    [InlineData(60_000, 1_900, null)]
    public void The_sitemap_stays_within_the_protocols_limits(int pages, int length, int? expectedCount)
    {
        var links = Enumerable
            .Range(0, pages)
            .Select(number =>
                (Link: $"/{number:D5}{new string('x', length)}", Changed: (DateTimeOffset?)DateTimeOffset.UnixEpoch)
            );

        var sitemap = Sitemap.Write("http://blog.test", links);

        using var xml = XmlReader.Create(new MemoryStream(sitemap));
        var count = 0;
        while (xml.ReadToFollowing("url", Map.NamespaceName))
        {
            count++;
        }

        Assert.InRange(sitemap.Length, 1, 50 * 1024 * 1024);
        Assert.InRange(count, expectedCount ?? 1_000, expectedCount ?? 49_999);
    }

    [Fact]
    public async Task Robots_txt_names_the_sitemap_and_disallows_private_pages()
    {
        await using var blog = await TestBlog.StartAsync();

        using var response = await blog.GetAsync("/robots.txt");

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "User-agent: *\nDisallow: /moderate/\nSitemap: http://blog.test/sitemap.xml\n",
            await response.Content.ReadAsStringAsync()
        );
    }

    /// <summary>Reads when a post was last changed, truncated to the second as in the sitemap.</summary>
    private static async Task<DateTimeOffset> UpdatedAsync(TestBlog blog, string file)
    {
        var updated = (await blog.Get<PostTable>().FindAsync(PostId.FromBlobName(file), CancellationToken.None))!
            .Value
            .Updated;
        return DateTimeOffset.FromUnixTimeSeconds(updated.ToUnixTimeSeconds());
    }
}

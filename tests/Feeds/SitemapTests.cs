using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServerlessBlog.Feeds;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;
using ServerlessBlog.Web.Layout;

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

    [Fact]
    public async Task A_blog_with_more_pages_than_a_sitemap_holds_has_an_index_of_sitemaps()
    {
        await using var blog = await TestBlog.StartAsync(compose: services =>
            services.Replace(
                ServiceDescriptor.Singleton(provider => new SitemapRenderer(
                    provider.GetRequiredService<PublicPageLists>(),
                    provider.GetRequiredService<PostLists>(),
                    provider.GetRequiredService<SiteLayoutProvider>(),
                    provider.GetRequiredService<BlogSettings>()
                )
                {
                    MaxPages = 4,
                })
            )
        );
        await blog.WriteAsync("about", "type: page\ndate: 2026-01-01\nlastmod: 2026-05-01\ntranslationKey: about");
        await blog.WriteAsync(
            "ueber",
            "type: page\ndate: 2026-01-02\nlastmod: 2026-05-02\ntranslationKey: about\nlang: de"
        );
        for (var day = 1; day <= 6; day++)
        {
            await blog.WriteAsync($"day-{day}", $"date: 2026-03-0{day}\nlastmod: 2026-04-0{day}");
        }

        await blog.RaiseSiteAsync();
        var index = XDocument.Parse(
            await blog.ReadUntilAsync("/sitemap.xml", text => text.Contains("sitemapindex", StringComparison.Ordinal))
        );
        var sitemaps = index
            .Root!.Elements(Map + "sitemap")
            .Select(map => (map.Element(Map + "loc")!.Value, map.Element(Map + "lastmod")!.Value))
            .ToList();
        var first = await LocationsAsync(blog, "/sitemap-1.xml");
        var second = await LocationsAsync(blog, "/sitemap-2.xml");

        Assert.Equal(
            [
                ("http://blog.test/sitemap-1.xml", "2026-05-02T00:00:00Z"),
                ("http://blog.test/sitemap-2.xml", "2026-04-06T00:00:00Z"),
            ],
            sitemaps
        );
        Assert.Equal(["/about", "/ueber", "/posts/day-1", "/posts/day-2"], first);
        Assert.Equal(["/posts/day-3", "/posts/day-4", "/posts/day-5", "/posts/day-6", "/"], second);
        Assert.Contains("hreflang=\"de\"", await blog.ReadAsync("/sitemap-1.xml"), StringComparison.Ordinal);
        foreach (var none in new[] { "0", "3", "1000", "1001", "99999999999", "x", "01" })
        {
            Assert.NotEqual(200, await blog.StatusAsync($"/sitemap-{none}.xml"));
        }
    }

    [Fact]
    public async Task A_sitemap_whose_pages_have_no_stored_time_has_none_in_the_index()
    {
        await using var blog = await TestBlog.StartAsync();
        await ContentBuilder.AddPostsAsync(blog, 3);
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        await foreach (var row in table.QueryAsync<TableEntity>("RowKey ge 'old:' and RowKey lt 'old;'"))
        {
            row.Remove("Changed"); // as version 1.0.0 stored it
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }

        var renderer = new SitemapRenderer(
            blog.Get<PublicPageLists>(),
            blog.Get<PostLists>(),
            blog.Get<SiteLayoutProvider>(),
            blog.Get<BlogSettings>()
        )
        {
            MaxPages = 2,
        };
        var index = Encoding.UTF8.GetString((await renderer.SitemapAsync(CancellationToken.None))!.Bytes);

        Assert.Contains("/sitemap-2.xml", index, StringComparison.Ordinal);
        Assert.DoesNotContain("lastmod", index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 0, true)]
    [InlineData(2_400, 0, true)]
    [InlineData(2_400, 40, false)]
    public void A_sitemap_has_all_its_pages_and_stays_within_its_limits(int length, int languages, bool isComplete)
    {
        var link = "/" + new string('x', length);
        var post = PostId.FromBlobName("post.md");
        Translation[] translations =
        [
            .. Enumerable.Range(0, languages).Select(at => new Translation(post, $"l{at}", link)),
        ];
        var entries = Enumerable
            .Repeat(new SitemapEntry(link, DateTimeOffset.UnixEpoch, translations), Sitemap.MaxPages)
            .ToList();

        var sitemap = Sitemap.Write("http://blog.test", "en", entries);

        using var xml = XmlReader.Create(new MemoryStream(sitemap));
        var (pages, links) = (0, 0);
        while (xml.Read())
        {
            pages += xml is { NodeType: XmlNodeType.Element, LocalName: "url" } ? 1 : 0;
            links += xml is { NodeType: XmlNodeType.Element, LocalName: "link" } ? 1 : 0;
        }

        Assert.InRange(sitemap.Length, 1, Sitemap.MaxBytes);
        Assert.InRange(Sitemap.MaxPages, 1, 50_000 - 1);
        Assert.Equal(Sitemap.MaxPages, pages);
        Assert.Equal(isComplete, links == Sitemap.MaxPages * (languages == 0 ? 0 : languages + 1));
    }

    [Fact]
    public async Task Robots_txt_names_the_sitemap_and_disallows_private_pages()
    {
        await using var blog = await TestBlog.StartAsync();

        using var response = await blog.GetAsync("/robots.txt");

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "User-agent: *\nDisallow: /moderate/\nDisallow: /search\nSitemap: http://blog.test/sitemap.xml\n",
            await response.Content.ReadAsStringAsync()
        );
    }

    /// <summary>The paths of the pages in a sitemap.</summary>
    private static async Task<List<string>> LocationsAsync(TestBlog blog, string path) =>
        [
            .. XDocument
                .Parse(await blog.ReadAsync(path))
                .Root!.Elements(Map + "url")
                .Select(url => url.Element(Map + "loc")!.Value["http://blog.test".Length..]),
        ];

    /// <summary>Reads when a post was last changed, truncated to the second as in the sitemap.</summary>
    private static async Task<DateTimeOffset> UpdatedAsync(TestBlog blog, string file)
    {
        var updated = (await blog.Get<PostTable>().FindAsync(PostId.FromBlobName(file), CancellationToken.None))!
            .Value
            .Updated;
        return DateTimeOffset.FromUnixTimeSeconds(updated.ToUnixTimeSeconds());
    }
}

using System.Globalization;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>The RSS feed; see https://www.rssboard.org/rss-specification.</summary>
public sealed class FeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";

    [Fact]
    public async Task The_feed_is_RSS_2_with_the_newest_twenty_posts_in_full()
    {
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Title"] = "Bits & pieces", ["Blog:TimeZone"] = "Europe/Berlin" }
        );
        await Task.WhenAll(
            Enumerable
                .Range(1, 21)
                .Select(day =>
                    blog.WriteAsync(
                        $"day-{day}",
                        $"date: 2026-03-{day:00}\ntags: [One, 'a < b']\nauthor: Grace",
                        $"First words of {day}.\n\nThe *rest* of {day}."
                    )
                )
        );
        await blog.WriteAsync("about", "type: page");

        using var response = await blog.GetAsync("/feed.xml");
        var channel = XDocument.Load(await response.Content.ReadAsStreamAsync()).Root!.Element("channel")!;

        Assert.Equal("application/xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("2.0", channel.Parent!.Attribute("version")!.Value);
        Assert.Equal(
            ("Bits & pieces", "http://blog.test/", "Bits &amp; pieces"),
            (channel.Element("title")!.Value, channel.Element("link")!.Value, channel.Element("description")!.Value)
        );
        Assert.Equal(
            ("http://blog.test/feed.xml", "self"),
            (
                channel.Element(Atom + "link")!.Attribute("href")!.Value,
                channel.Element(Atom + "link")!.Attribute("rel")!.Value
            )
        );
        var items = channel.Elements("item").ToList();
        Assert.Equal(
            Enumerable.Range(2, 20).Reverse().Select(day => $"day-{day}"),
            items.Select(item => item.Element("title")!.Value)
        );
        Assert.Equal(20, items.Select(item => item.Element("guid")!.Value).Distinct().Count());
        var item = items[0];
        Assert.Equal("http://blog.test/posts/day-21", item.Element("link")!.Value);
        Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.Equal(
            new DateTimeOffset(2026, 3, 20, 23, 0, 0, TimeSpan.Zero),
            DateTimeOffset.ParseExact(item.Element("pubDate")!.Value, "r", CultureInfo.InvariantCulture)
        );
        Assert.Equal(["One", "a < b"], item.Elements("category").Select(category => category.Value));
        Assert.Equal("Grace", item.Element(DublinCore + "creator")!.Value);
        Assert.Equal("First words of 21.", item.Element("description")!.Value);
        Assert.Equal(
            "<div lang=\"en\" dir=\"ltr\">\n<p>First words of 21.</p>\n<p>The <em>rest</em> of 21.</p>\n</div>",
            item.Element(Content + "encoded")!.Value
        );
    }

    [Fact]
    public async Task Every_page_links_to_the_feed()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("any");

        Assert.All(
            [await blog.OpenAsync("/"), await blog.OpenAsync("/posts/any"), await blog.OpenAsync("/no/such/page")],
            page => Assert.Equal(["/feed.xml"], page.Links("link[rel=alternate][type='application/rss+xml']"))
        );
    }

    [Fact]
    public async Task Every_url_in_a_text_is_absolute_because_feed_readers_know_no_other_base()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync(
            "trip/index.md",
            """
            ---
            title: Trip
            date: 2026-03-01
            slug: trip
            ---
            ## A heading

            [beside](map.pdf), [up](../other.md?x=1#y), [root](/about), [here](#a-heading),
            [away](https://example.com/), [mail](mailto:grace@example.com).

            ![picture](a.jpg) and <img src="b.jpg" alt=""> and <a href='/c'>c</a>.[^note]

            <video src="/media/film.mp4" poster="still.jpg"></video>

            [^note]: A footnote.
            """
        );

        var html = new HtmlParser().ParseDocument(
            Items(await blog.ReadAsync("/feed.xml")).Single().Element(Content + "encoded")!.Value
        );

        var addresses = html
            .All.SelectMany(element => element.Attributes)
            .Where(attribute => attribute.Name is "href" or "src" or "poster")
            .Select(attribute => attribute.Value)
            .ToList();
        Assert.All(addresses, address =>
            Assert.Matches("^(http://blog\\.test/|https://example\\.com/|mailto:)", address)
        );
        Assert.Contains("http://blog.test/posts/trip/map.pdf", addresses);
        Assert.Contains("http://blog.test/posts/trip#a-heading", addresses);
        Assert.Contains("http://blog.test/posts/trip#fn-1", addresses);
        Assert.Contains("http://blog.test/posts/trip/b.jpg", addresses);
    }

    [Fact]
    public async Task A_post_keeps_its_guid_when_its_address_and_its_text_change()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("moving", "date: 2026-03-01\nslug: here");
        var before = Items(await blog.ReadAsync("/feed.xml")).Single();
        await blog.WriteAsync("moving", "date: 2026-03-02\nslug: there", "Other words.");

        var after = Items(await blog.ReadAsync("/feed.xml")).Single();

        Assert.Equal("http://blog.test/posts/there", after.Element("link")!.Value);
        Assert.Equal(before.Element("guid")!.Value, after.Element("guid")!.Value);
    }

    [Fact]
    public async Task Characters_that_XML_cannot_hold_are_left_out_and_everything_else_stays()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync(
            "odd.md",
            "---\ntitle: \"Odd 🦊 & <b>]]>\"\ndate: 2026-03-01\n---\n```\na\fb\u0001c\uFFFFd 🦊 ]]> &amp;\n```\n"
        );

        var item = Items(await blog.ReadAsync("/feed.xml")).Single();

        Assert.Equal("Odd 🦊 & <b>]]>", item.Element("title")!.Value);
        var html = item.Element(Content + "encoded")!.Value;
        Assert.Contains("abcd 🦊 ]]&gt; &amp;amp;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_and_sitemap_follow_posts_and_those_that_show_no_numbers_of_comments_no_comment()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("talked-about", "Once");
        var published = await TagsAsync();

        await blog.CommentAsync(post, "Words of a reader.");
        await blog.ReadUntilAsync("/posts/talked-about", page =>
            page.Contains("Words of a reader.", StringComparison.Ordinal)
        );
        Assert.Equal(published, await TagsAsync());

        await blog.PublishAsync("talked-about", "Twice", "Other words.");
        var feed = await blog.ReadUntilAsync("/feed.xml", text =>
            text.Contains("Other words.", StringComparison.Ordinal)
        );
        Assert.Equal(["Twice"], Items(feed).Select(item => item.Element("title")!.Value));
        Assert.Contains("/posts/talked-about", await blog.ReadAsync("/sitemap.xml"), StringComparison.Ordinal);

        await blog.DeleteAsync("talked-about.md");
        await blog.ReadUntilAsync("/feed.xml", text => !Items(text).Any());
        await blog.ReadUntilAsync("/sitemap.xml", text =>
            !text.Contains("/posts/talked-about", StringComparison.Ordinal)
        );

        async Task<string> TagsAsync()
        {
            using var feed = await blog.GetAsync("/feed.json");
            using var sitemap = await blog.GetAsync("/sitemap.xml");
            return $"{feed.Headers.ETag} {feed.Content.Headers.LastModified} "
                + $"{sitemap.Headers.ETag} {sitemap.Content.Headers.LastModified}";
        }
    }

    private static IEnumerable<XElement> Items(string feed) => XDocument.Parse(feed).Descendants("item");
}

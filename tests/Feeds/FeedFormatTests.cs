using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json.Nodes;
using System.Xml;
using AngleSharp.Html.Parser;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>
/// The feeds in three formats, read back by two libraries: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.
/// </summary>
[Trait("Category", "Slow")]
public sealed class FeedFormatTests : IAsyncLifetime
{
    private TestBlog _blog = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync(new() { ["Blog:Title"] = "Bits & <pieces>" });
        await _blog.UploadAsync("sea.jpg", TestPictures.Photo(40, 30));
        await _blog.WriteAsync("first", "date: 2026-03-01\ntags: [One]\nauthor: Grace", "Words of *the* first.");
        await _blog.WriteAsync(
            "second",
            "date: 2026-03-02\nlastmod: 2026-03-05\ntags: [One, 'a < b']\nlang: ar\nimage: /media/sea.jpg",
            "مرحبا \f control"
        );
    }

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    public async Task The_XML_formats_are_read_by_the_libraries_of_NET(string path)
    {
        var feed = await LoadAsync(path);

        Assert.Equal("Bits & <pieces>", feed.Title.Text);
        Assert.Equal(
            "http://blog.test" + path,
            feed.Links.Single(link => link.RelationshipType == "self").Uri.ToString()
        );
        Assert.Equal(
            "http://blog.test/",
            feed.Links.Single(link => link.RelationshipType == "alternate").Uri.ToString()
        );
        Assert.Equal("en", feed.Language ?? feed.AttributeExtensions.Values.First());
        var (second, first) = (feed.Items.First(), feed.Items.Last());
        Assert.Equal("second", second.Title.Text);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), second.PublishDate);
        Assert.Equal(["One", "a < b"], second.Categories.Select(category => category.Name));
        Assert.Equal(
            "http://blog.test/posts/first",
            first.Links.Single(link => link.RelationshipType == "alternate").Uri.ToString()
        );
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Atom_has_what_RFC_4287_demands()
    {
        var feed = await LoadAsync("/atom.xml");
        var second = feed.Items.First();

        // 4.1.1: exactly one id, title and updated, and an author; 4.2.6: ids are IRIs.
        Assert.Equal("http://blog.test/atom.xml", feed.Id);
        Assert.Equal("Ada", feed.Authors.Single().Name);
        Assert.Equal(feed.Items.Max(item => item.LastUpdatedTime), feed.LastUpdatedTime);
        Assert.All(feed.Items, item => Assert.StartsWith("urn:uuid:", item.Id, StringComparison.Ordinal));
        Assert.All(feed.Items, item => Assert.Single(item.Authors));
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero), second.LastUpdatedTime);
        var content = Assert.IsType<TextSyndicationContent>(second.Content);
        Assert.Equal("html", content.Type);
        Assert.Contains("<div lang=\"ar\" dir=\"rtl\">", content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\f', content.Text);
    }

    [Fact]
    public async Task JSON_Feed_has_what_its_version_1_1_demands()
    {
        using var response = await _blog.GetAsync("/feed.json");
        var feed = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var second = feed["items"]![0]!;

        Assert.Equal("application/feed+json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("https://jsonfeed.org/version/1.1", (string)feed["version"]!);
        Assert.Equal("Bits & <pieces>", (string)feed["title"]!);
        Assert.Equal("http://blog.test/feed.json", (string)feed["feed_url"]!);
        Assert.Equal("http://blog.test/", (string)feed["home_page_url"]!);
        Assert.StartsWith("urn:uuid:", (string)second["id"]!, StringComparison.Ordinal);
        Assert.Equal("2026-03-02T00:00:00Z", (string)second["date_published"]!);
        Assert.Equal("2026-03-05T00:00:00Z", (string)second["date_modified"]!);
        Assert.StartsWith("http://blog.test/media/sea.jpg?v=", (string)second["image"]!, StringComparison.Ordinal);
        Assert.Equal("ar", (string)second["language"]!);
        Assert.Contains("مرحبا", (string)second["content_html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_reader_sees_the_same_posts_in_each_format()
    {
        var read = await Feedsmith.ReadWithFormatAsync(
            await _blog.ReadAsync("/feed.xml"),
            await _blog.ReadAsync("/atom.xml"),
            await _blog.ReadAsync("/feed.json")
        );

        Assert.Equal(["rss", "atom", "json"], read.Select(feed => (string)feed["format"]!));
        Assert.All(
            new[] { TitlesOf(read[0], "items"), TitlesOf(read[1], "entries"), TitlesOf(read[2], "items") },
            titles => Assert.Equal(["second", "first"], titles)
        );

        // The title of an entry in Atom has a type, so it is an object.
        static IEnumerable<string> TitlesOf(JsonNode parsed, string posts) =>
            parsed["feed"]![posts]!
                .AsArray()
                .Select(post => post!["title"]!)
                .Select(title => (string)(title is JsonObject text ? text["value"]! : title)!);
    }

    [Theory]
    [InlineData("/tags/one", "/feed.xml", 2)]
    [InlineData("/tags/one", "/atom.xml", 2)]
    [InlineData("/tags/a%20%3C%20b", "/atom.xml", 1)]
    [InlineData("/authors/grace", "/feed.xml", 1)]
    [InlineData("/authors/ada", "/atom.xml", 1)]
    public async Task A_tag_and_an_author_have_feeds_of_their_own_that_their_page_names(
        string page,
        string file,
        int posts
    )
    {
        var feed = await LoadAsync(page + file);

        Assert.Equal(posts, feed.Items.Count());
        Assert.EndsWith(" – Bits & <pieces>", feed.Title.Text, StringComparison.Ordinal);
        Assert.Equal(
            "http://blog.test" + page,
            feed.Links.Single(link => link.RelationshipType == "alternate").Uri.AbsoluteUri
        );
        using var document = new HtmlParser().ParseDocument(await _blog.ReadAsync(page));
        Assert.Contains(document.QuerySelectorAll("link[rel=alternate][type='application/atom+xml']"), link =>
            link.GetAttribute("href") == page + "/atom.xml"
        );
    }

    [Theory]
    [InlineData("/tags/none/feed.xml")]
    [InlineData("/authors/nobody/atom.xml")]
    [InlineData("/tags/one/page/1/feed.xml")]
    [InlineData("/tags/one/other.xml")]
    public async Task Other_lists_have_none(string path)
    {
        using var response = await _blog.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task An_id_stays_when_the_address_changes_and_is_that_of_the_front_matter_where_it_has_one()
    {
        var before = (await LoadAsync("/atom.xml")).Items.Last().Id;
        await _blog.WriteAsync("first", "date: 2026-03-01\nslug: renamed", "Other words.");
        await _blog.WriteAsync("moved", "date: 2026-02-01\nguid: https://old.example/?p=7", "Words.");
        await _blog.WriteAsync("named", "date: 2026-01-01\nguid: old-7", "Words.");

        var atom = (await LoadUntilAsync("/atom.xml", 4)).Items.ToDictionary(item => item.Title.Text, item => item.Id);
        var rss = (await LoadUntilAsync("/feed.xml", 4)).Items.ToDictionary(item => item.Title.Text, item => item.Id);

        Assert.Equal(before, atom["first"]);
        Assert.Equal("https://old.example/?p=7", atom["moved"]);
        Assert.StartsWith("urn:uuid:", atom["named"], StringComparison.Ordinal);
        Assert.Equal(("https://old.example/?p=7", "old-7"), (rss["moved"], rss["named"]));
    }

    [Fact]
    public async Task The_same_post_of_another_blog_has_another_id()
    {
        await using var other = await TestBlog.StartAsync();
        await other.WriteAsync("first", "date: 2026-03-01", "Words.");
        using var theirs = XmlReader.Create(new StringReader(await other.ReadAsync("/atom.xml")));

        Assert.NotEqual(SyndicationFeed.Load(theirs).Items.Single().Id, (await LoadAsync("/atom.xml")).Items.Last().Id);
    }

    [Fact]
    public async Task Feeds_have_excerpts_where_the_owner_says_so()
    {
        await _blog.UploadAsync("theme/site.yml", "feed: excerpts\n"u8.ToArray());
        var atom = await _blog.ReadUntilAsync("/atom.xml", feed =>
            !feed.Contains("<content", StringComparison.Ordinal)
        );
        var json = await _blog.ReadUntilAsync("/feed.json", feed =>
            feed.Contains("content_text", StringComparison.Ordinal)
        );
        var rss = await _blog.ReadUntilAsync("/feed.xml", feed => !feed.Contains("encoded", StringComparison.Ordinal));

        Assert.All([atom, json, rss], feed => Assert.Contains("Words of the first.", feed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/atom.xml")]
    [InlineData("/feed.json")]
    [InlineData("/tags/one/feed.json")]
    public async Task A_reader_that_has_the_feed_gets_304(string path)
    {
        using var first = await _blog.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _blog.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    private async Task<SyndicationFeed> LoadAsync(string path)
    {
        using var xml = XmlReader.Create(new StringReader(await _blog.ReadAsync(path)));
        return SyndicationFeed.Load(xml);
    }

    private async Task<SyndicationFeed> LoadUntilAsync(string path, int posts)
    {
        var feed = "";
        await TestBlog.WaitUntilAsync(
            async () => feed = await _blog.ReadAsync(path),
            text => text.Split("</id>").Length - 2 >= posts || text.Split("</guid>").Length - 1 >= posts,
            $"{posts} posts in {path}"
        );
        using var xml = XmlReader.Create(new StringReader(feed));
        return SyndicationFeed.Load(xml);
    }
}

using System.Xml.Linq;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>What feed readers show of a post: cases D01 and D02.</summary>
public sealed class FeedContentTests : IAsyncLifetime
{
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync(new() { ["Blog:Title"] = "Bits < bytes" });

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task D01_a_description_is_HTML_in_which_plain_text_stays_plain()
    {
        var fields = TextCase.Find("D01").Split(" / ");
        await UploadAsync(string.Join('\n', fields), "Text.");

        var channel = (await FeedAsync()).Root!.Element("channel")!;
        var item = channel.Element("item")!;

        Assert.Equal(fields[0], $"title: {item.Element("title")!.Value}");
        Assert.Equal("How List&lt;string&gt; grows", item.Element("description")!.Value);
        Assert.Equal("How List<string> grows", Parse(item.Element("description")!.Value).Body!.TextContent);
        Assert.Equal("Bits &lt; bytes", channel.Element("description")!.Value);
    }

    [Fact]
    public async Task D02_the_content_names_its_language_and_direction_and_the_channel_that_of_the_blog()
    {
        await UploadAsync($"title: x\n{TextCase.Find("D02")}", "مرحبا");

        var channel = (await FeedAsync()).Root!.Element("channel")!;

        Assert.Equal("en", channel.Element("language")!.Value);
        var root = Html(channel.Element("item")!).Body!.Children.Single();
        Assert.Equal(("ar", "rtl"), (root.GetAttribute("lang"), root.GetAttribute("dir")));
    }

    [Fact]
    public async Task The_language_of_the_channel_is_that_of_the_owners_texts()
    {
        await _blog.UploadAsync("theme/texts.json", "{\"language\": \"he\"}"u8.ToArray());
        await UploadAsync("title: x", "Text.");

        var channel = (await FeedAsync()).Root!.Element("channel")!;

        Assert.Equal("he", channel.Element("language")!.Value);
        Assert.Equal("rtl", Html(channel.Element("item")!).Body!.Children.Single().GetAttribute("dir"));
    }

    [Fact]
    public async Task The_lead_picture_is_above_the_text()
    {
        await _blog.UploadAsync("sea.jpg", TestPictures.Photo(40, 30));
        await UploadAsync("title: x\nimage: /media/sea.jpg\nimage_alt: The \"sea\" & a < b", "Text.");

        var picture = Html(await ItemAsync()).QuerySelector("div > p:first-child > img")!;

        Assert.StartsWith("http://blog.test/media/sea.jpg?v=", picture.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("The \"sea\" & a < b", picture.GetAttribute("alt"));
        Assert.Equal(("40", "30"), (picture.GetAttribute("width"), picture.GetAttribute("height")));
    }

    [Fact]
    public async Task A_lead_picture_elsewhere_keeps_its_address()
    {
        await UploadAsync("title: x\nimage: https://example.com/a.jpg?x=1&y=2", "Text.");

        Assert.Equal(
            "https://example.com/a.jpg?x=1&y=2",
            Html(await ItemAsync()).QuerySelector("img")!.GetAttribute("src")
        );
    }

    [Fact]
    public async Task There_is_no_script_and_everything_else_stays()
    {
        await UploadAsync(
            "title: x",
            """
            <script>alert(1)</script>

            Before <b onclick="alert(1)" class="kept">bold</b>
            <a href=" java
            script:alert(1)">link</a>.

            <svg viewBox="0 0 1 1"><script>alert(1)</script>
            <a xlink:href="javascript:alert(1)"><path d="M0 0"/></a></svg>

            $\frac{a}{b}$ and `onclick="x"`.
            """
        );

        var item = Html(await ItemAsync());

        Assert.Empty(item.QuerySelectorAll("script"));
        Assert.DoesNotContain(item.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.Ordinal)
            || attribute.Value.Contains("alert", StringComparison.Ordinal)
        );
        Assert.Equal("bold", item.QuerySelector("b.kept")!.TextContent);
        Assert.NotNull(item.QuerySelector("svg[viewBox] path"));
        Assert.NotNull(item.QuerySelector("math mfrac"));
        Assert.Equal("onclick=\"x\"", item.QuerySelector("code")!.TextContent);
    }

    [Fact]
    public async Task Browsers_are_told_the_stylesheet_of_the_blog()
    {
        var style = (await FeedAsync())
            .Nodes()
            .OfType<XProcessingInstruction>()
            .Single(instruction => instruction.Target == "xml-stylesheet");
        var address = style.Data.Split('"')[3];

        Assert.StartsWith("type=\"text/css\" href=\"/style.css?v=", style.Data, StringComparison.Ordinal);
        Assert.Contains("\nrss {", await _blog.ReadAsync(address), StringComparison.Ordinal);
    }

    private Task<UploadReport> UploadAsync(string head, string body) =>
        _blog.UploadAsync("post.md", $"---\n{head}\ndate: 2026-01-02\n---\n{body}\n");

    private async Task<XDocument> FeedAsync() => XDocument.Parse(await _blog.ReadAsync("/feed.xml"));

    private async Task<XElement> ItemAsync() => (await FeedAsync()).Descendants("item").Single();

    private static IHtmlDocument Html(XElement item) => Parse(item.Element(Content + "encoded")!.Value);

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}

using System.Text.Json.Nodes;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>JSON-LD on the pages of posts. Comments in it are in <see cref="OneConversationTests"/>.</summary>
public sealed class LinkedDataTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private readonly TestBlog _blog = open.Blog;

    [Fact]
    public async Task A_post_is_a_BlogPosting()
    {
        await _blog.UploadAsync("coast.jpg", TestPictures.Photo(40, 30));
        await _blog.WriteAsync(
            "described",
            "date: 2026-03-02\nlastmod: 2026-03-05\ntags: [Sea, 'a < b']\nimage: /media/coast.jpg\nlang: ar\n"
                + "summary: \"In short: </script> & 'so' 🦊\""
        );
        var post = (await ReadAsync("/posts/described"))[0]!;

        Assert.Equal("BlogPosting", (string)post["@type"]!);
        Assert.Equal("described", (string)post["headline"]!);
        Assert.Equal("In short: </script> & 'so' 🦊", (string)post["description"]!);
        Assert.Equal(
            ("2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z", "ar"),
            ((string)post["datePublished"]!, (string)post["dateModified"]!, (string)post["inLanguage"]!)
        );
        Assert.Equal(
            ("Person", "Ada", "http://blog.test/"),
            ((string)post["author"]!["@type"]!, (string)post["author"]!["name"]!, (string)post["author"]!["url"]!)
        );
        Assert.Equal("Test blog", (string)post["publisher"]!["name"]!);
        Assert.All(["@id", "url", "mainEntityOfPage"], name =>
            Assert.Equal("http://blog.test/posts/described", (string)post[name]!)
        );
        Assert.StartsWith("http://blog.test/media/coast.jpg?v=", (string)post["image"]!, StringComparison.Ordinal);
        Assert.Equal(["Sea", "a < b"], post["keywords"]!.AsArray().Select(tag => (string)tag!));
        Assert.Equal(0, (int)post["commentCount"]!);
        Assert.Null(post["comment"]);
    }

    [Fact]
    public async Task A_static_page_is_a_WebPage_without_dates()
    {
        await _blog.WriteAsync("described-page", "type: page");
        var page = (await ReadAsync("/described-page"))[0]!;

        Assert.Equal(("WebPage", "described-page"), ((string)page["@type"]!, (string)page["headline"]!));
        Assert.Null(page["datePublished"]);
        Assert.Null(page["commentCount"]);
    }

    [Theory]
    [InlineData("/posts/crumbs", "type: post")]
    [InlineData("/crumbs", "type: page")]
    public async Task The_breadcrumb_is_the_one_that_readers_see(string path, string type)
    {
        await _blog.WriteAsync("crumbs", $"date: 2026-03-01\n{type}");
        var list = (await ReadAsync(path))[1]!;
        var page = await _blog.OpenAsync(path);

        Assert.Equal("BreadcrumbList", (string)list["@type"]!);
        var items = list["itemListElement"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, items.Count), items.Select(item => (int)item!["position"]!));
        Assert.Equal(page.Words(".breadcrumb a"), items.Select(item => (string)item!["name"]!));
        Assert.Equal(
            page.Links(".breadcrumb a").Select(link => "http://blog.test" + link),
            items.Select(item => (string)item!["item"]!)
        );
    }

    [Fact]
    public async Task No_text_can_leave_the_script()
    {
        var post = await _blog.PublishAsync("hostile-data", "\"A </script><script>alert(1)</script> <!-- & 日本\"");
        await ContentBuilder.SubmitCommentAsync(_blog, post, "</script><script>alert(2)</script> <!-- 'x'");

        var html = await _blog.ReadUntilAsync("/posts/hostile-data", page =>
            page.Contains("alert(2)", StringComparison.Ordinal)
        );
        var script = html.Split("<script type=\"application/ld+json\">")[1].Split("</script>")[0];

        Assert.DoesNotContain('<', script);
        Assert.DoesNotContain('&', script);
        Assert.Contains("日本", script, StringComparison.Ordinal);
        var read = JsonNode.Parse(script)!["@graph"]![0]!;
        Assert.Equal("A </script><script>alert(1)</script> <!-- & 日本", (string)read["headline"]!);
        Assert.Equal("</script><script>alert(2)</script> <!-- 'x'", (string)read["comment"]![0]!["text"]!);
    }

    [Fact]
    public async Task A_page_for_one_visitor_has_none()
    {
        var post = await _blog.PublishAsync("visited");
        await ContentBuilder.SubmitCommentAsync(_blog, post, "A comment.");

        var page = await _blog.OpenAsync("/posts/visited?reply=1");

        Assert.NotNull(page.QuerySelector(".replying blockquote"));
        Assert.Null(page.QuerySelector("script[type='application/ld+json']"));
    }

    private async Task<JsonArray> ReadAsync(string path)
    {
        var page = await _blog.OpenAsync(path);
        var data = JsonNode.Parse(
            Assert.Single(page.QuerySelectorAll("script[type='application/ld+json']")).TextContent
        )!;
        Assert.Equal("https://schema.org", (string)data["@context"]!);
        return data["@graph"]!.AsArray();
    }
}

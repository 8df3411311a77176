using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Markdown;

/// <summary>Relative links in a post resolve against its file, as in the author's editor.</summary>
public sealed class LinkResolverTests
{
    [Theory]
    [InlineData("trip/index.md", "a.jpg", "/posts/trip/a.jpg")]
    [InlineData("trip/index.md", "./a.jpg", "/posts/trip/a.jpg")]
    [InlineData("trip/index.md", "../b/a.jpg", "/posts/b/a.jpg")]
    [InlineData("trip/index.md", "pictures/a.jpg?w=1#x", "/posts/trip/pictures/a.jpg?w=1#x")]
    [InlineData("trip/index.md", "../../../../a.jpg", "/a.jpg")]
    [InlineData("trip/index.md", "a b.jpg", "/posts/trip/a%20b.jpg")]
    [InlineData("trip/index.md", "ü.jpg", "/posts/trip/%C3%BC.jpg")]
    [InlineData("trip/index.md", "a%20b.jpg", "/posts/trip/a%20b.jpg")]
    [InlineData("Ferien 2026/über uns.md", "a.jpg", "/posts/Ferien%202026/a.jpg")]
    [InlineData("a: b/c#d.md", "a.jpg", "/posts/a%3A%20b/a.jpg")]
    [InlineData("post.md", "a.jpg", "/posts/a.jpg")]
    public void A_relative_link_is_relative_to_the_file(string source, string address, string expected)
    {
        Assert.Equal(expected, LinkResolver.ForPage(source).Resolve(address));
        Assert.Equal("http://blog.test" + expected, Elsewhere(source).Resolve(address));
    }

    [Theory]
    [InlineData("https://example.com/a.jpg")]
    [InlineData("//example.com/a.jpg")]
    [InlineData("mailto:ada@example.com")]
    [InlineData("tel:+491234")]
    [InlineData("data:image/png;base64,AA==")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\\\\example.com\\a.jpg")]
    [InlineData("https://[")]
    public void An_absolute_URL_is_left_alone(string address)
    {
        Assert.Equal(address, LinkResolver.ForPage("trip/index.md").Resolve(address));
        Assert.Equal(address, Elsewhere("trip/index.md").Resolve(address));
    }

    [Theory]
    [InlineData("/about", "/about", "http://blog.test/about")]
    [InlineData("/media/ü.jpg", "/media/ü.jpg", "http://blog.test/media/ü.jpg")]
    [InlineData("#top", "#top", "http://blog.test/2026/trip#top")]
    [InlineData("", "", "http://blog.test/2026/trip")]
    public void A_root_relative_link_or_a_fragment_becomes_absolute_outside_of_the_page_only(
        string address,
        string onPage,
        string elsewhere
    )
    {
        Assert.Equal(onPage, LinkResolver.ForPage("trip/index.md").Resolve(address));
        Assert.Equal(elsewhere, Elsewhere("trip/index.md").Resolve(address));
    }

    [Fact]
    public void Links_pictures_and_raw_HTML_are_all_resolved()
    {
        const string Body =
            "[a](a.md) ![b](b.jpg)\n\n<img alt=\"\" src=\"c.jpg\"> <a href='/d'>d</a>\n\n"
            + "<video poster=\"e.jpg\" src=e.mp4></video>\n\n[f]\n\n[f]: f.pdf\n";
        var document = new PostDocument(Body);

        var pictures = document.ResolvePictures(LinkResolver.ForPage("trip/index.md"));
        var html = document.ToHtml(Elsewhere("trip/index.md"), new Dictionary<string, ResponsiveImage>());

        Assert.Equal(["/posts/trip/b.jpg"], pictures);
        foreach (
            var address in new[]
            {
                "posts/trip/a.md",
                "posts/trip/b.jpg",
                "posts/trip/c.jpg",
                "d",
                "posts/trip/e.jpg",
                "posts/trip/f.pdf",
            }
        )
        {
            Assert.Matches($"""(href|src|poster)=["']http://blog\.test/{address}["']""", html);
        }
    }

    [Fact]
    public async Task An_index_file_is_published_under_the_name_of_its_folder()
    {
        await using var fixture = await PublishingFixture.StartAsync();

        var report = await fixture.PublishAsync(
            "2026/Our Trip/index.md",
            PublishingFixture.Text("Trip", body: "![A lake](a.jpg)")
        );
        var other = await fixture.PublishAsync("our-trip.md", PublishingFixture.Text("Other"));

        Assert.Equal("http://blog.test/posts/our-trip", report.Lines[0]);
        Assert.Contains(
            "src=\"/posts/2026/Our%20Trip/a.jpg",
            await fixture.Blog.ReadAsync("/posts/our-trip"),
            StringComparison.Ordinal
        );
        Assert.Contains("belongs to 2026/Our Trip/index.md", Assert.Single(other.Lines), StringComparison.Ordinal);
    }

    private static LinkResolver Elsewhere(string source) =>
        LinkResolver.WithAbsoluteLinks(source, "http://blog.test", SitePath.Parse("/2026/trip"));
}

using System.Text;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>The files that can be posts (case N08), and what an accepted post keeps (case F09).</summary>
[Trait("Category", "Slow")]
public sealed class PostKindTests
{
    [Fact]
    public async Task Markdown_and_HTML_are_posts_under_each_of_their_names_and_never_served_as_source()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        string[] names = ["a.markdown", "b.html", "c/index.html", "d/index.markdown", "E.MD"];
        foreach (var (name, number) in names.Select((name, index) => (name, index)))
        {
            var report = await fixture.PublishAsync(
                name,
                TextCase.Find("N08").Replace("title: x", $"title: Post {number}", StringComparison.Ordinal)
            );
            Assert.True(report.Outcome == UploadOutcome.Published, report.ToText());
        }

        foreach (var slug in new[] { "a", "b", "c", "d", "e" })
        {
            Assert.Contains("text", await fixture.Blog.ReadAsync($"/posts/{slug}"), StringComparison.Ordinal);
        }

        foreach (var name in names)
        {
            var slug = char.ToLowerInvariant(name[0]);
            Assert.Contains(await fixture.StatusAsync($"/posts/{name}"), new[] { "404", $"302 /posts/{slug}" });
            Assert.Equal("404", await fixture.StatusAsync($"/media/{name}"));
        }
    }

    [Fact]
    public async Task HTML_is_written_as_it_is_and_has_excerpt_notes_and_links_as_Markdown_has()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        const string Body =
            "<h2>No *emphasis*</h2>\n\n    <p>First   <b>words</b>\nhere.</p>\n<img src=\"sea.jpg\" alt=\"\">\n\n"
            + "<p onclick=\"x()\">Second.</p>\n";

        var report = await fixture.PublishAsync("trip/index.html", PublishingFixture.Text("Trip", body: Body));

        Assert.True(report.Outcome == UploadOutcome.Published, report.ToText());
        var page = await fixture.Blog.ReadAsync("/posts/trip");
        Assert.Contains(
            "<h2>No *emphasis*</h2>\n\n    <p>First   <b>words</b>\nhere.</p>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("src=\"/posts/trip/sea.jpg\"", page, StringComparison.Ordinal);
        Assert.Equal("First words here.", Assert.Single(await fixture.ListAsync()).Summary);
        Assert.Contains(report.Lines, line => line.Contains("onclick", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Markdown_in_the_container_media_is_refused_and_not_served()
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync("notes.markdown", Encoding.UTF8.GetBytes("---\ntitle: x\n---\n"));

        Assert.Equal(UploadOutcome.Refused, report.Outcome);
        using var response = await blog.Http.GetAsync(new Uri("/media/notes.markdown", UriKind.Relative));
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_post_keeps_the_tags_it_was_accepted_with_until_its_file_changes()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var text = TextCase.Find("F09");
        await fixture.PublishAsync("kept.md", text);
        await using var other = await PublishingFixture.StartAsync(
            connection: fixture.Blog.Connection,
            settings: new() { ["Blog:CategoriesAreTags"] = "false" }
        );

        await other.PublishAsync("kept.md", text);
        var kept = Assert.Single(await other.ListAsync());
        await other.PublishAsync("kept.md", text + "\nMore.");

        Assert.Equal(["one", "two", "three", "A", "B"], kept.Tags);
        Assert.Equal((2020, "d"), (kept.Updated.Year, kept.Summary));
        Assert.Equal(["one", "two", "three"], Assert.Single(await other.ListAsync()).Tags);
    }

    [Fact]
    public async Task The_last_change_is_on_the_page_in_the_feed_and_in_the_sitemap()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("changed.md", PublishingFixture.Text("Changed", "lastmod: 2026-02-03 10:00"));

        var page = await fixture.Blog.ReadAsync("/posts/changed");

        Assert.Matches("updated\\s+<time class=\"dt-updated\" datetime=\"2026-02-03T10:00:00", page);
        Assert.Contains("article:modified_time\" content=\"2026-02-03T10:00:00", page, StringComparison.Ordinal);
        Assert.Contains(
            "<atom:updated>2026-02-03T10:00:00Z</atom:updated>",
            await fixture.Blog.ReadAsync("/feed.xml"),
            StringComparison.Ordinal
        );
        Assert.Contains("<lastmod>2026-02-03", await fixture.Blog.ReadAsync("/sitemap.xml"), StringComparison.Ordinal);
    }
}

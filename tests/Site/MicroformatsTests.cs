using System.Text.Json.Nodes;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>Pages of posts are h-entry, lists h-feed. Comments are in <see cref="OneConversationTests"/>.</summary>
[Trait("Category", "Slow")]
public sealed class MicroformatsTests : IAsyncLifetime
{
    private TestBlog _blog = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync();
        await _blog.UploadAsync("sea.jpg", TestPictures.Photo(40, 30));
        await _blog.WriteAsync("plain", "date: 2026-03-01", "Words of *the* first.");
        await _blog.WriteAsync(
            "full",
            "date: 2026-03-02\nlastmod: 2026-03-05\ntags: [Sea, 'a < b']\nimage: /media/sea.jpg\nsummary: In short.",
            "Words \"of\" <b>the</b> second.\n\n- one\n- two"
        );
    }

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task The_page_of_a_post_is_an_entry()
    {
        var entry = await EntryAsync("/posts/full");

        Assert.Equal("h-entry", (string)entry["type"]!.AsArray().Single()!);
        Assert.Equal(
            ("full", "http://blog.test/posts/full", "2026-03-02T00:00:00+00:00", "2026-03-05T00:00:00+00:00"),
            (entry.First("name"), entry.First("url"), entry.First("published"), entry.First("updated"))
        );
        Assert.Contains("Words \"of\" the second.", entry.First("content"), StringComparison.Ordinal);
        Assert.Equal(["Sea", "a < b"], entry["properties"]!["category"]!.AsArray().Select(tag => (string)tag!));
        Assert.StartsWith("http://blog.test/media/sea.jpg?", entry.First("featured"), StringComparison.Ordinal);
        var author = entry.Items("author").Single();
        Assert.Equal(("h-card", "Ada", "http://blog.test/"), CardOf(author));
    }

    [Fact]
    public async Task An_author_with_a_page_has_its_address()
    {
        await _blog.WriteAsync("other", "date: 2026-03-03\nauthor: Grace");

        Assert.Equal(
            ("h-card", "Grace", "http://blog.test/authors/grace"),
            CardOf((await EntryAsync("/posts/other")).Items("author").Single())
        );
        Assert.Null((await EntryAsync("/posts/other")).First("updated"));
    }

    [Fact]
    public async Task A_static_page_is_an_entry_without_date_and_author()
    {
        await _blog.WriteAsync("about", "type: page");
        var entry = await EntryAsync("/about");

        Assert.Equal(("about", "http://blog.test/about"), (entry.First("name"), entry.First("url")));
        Assert.Null(entry["properties"]!["author"]);
        Assert.Null(entry["properties"]!["published"]);
    }

    [Theory]
    [InlineData("/", 2)]
    [InlineData("/posts", 2)]
    [InlineData("/tags/sea", 1)]
    [InlineData("/archive/2026/03", 2)]
    public async Task A_list_is_a_feed_of_entries(string path, int posts)
    {
        var feed = await EntryAsync(path);
        var entries = feed["children"]!.AsArray();

        Assert.Equal("h-feed", (string)feed["type"]!.AsArray().Single()!);
        Assert.Equal(posts, entries.Count);
        var full = entries[0]!;
        Assert.Equal("h-entry", (string)full["type"]!.AsArray().Single()!);
        Assert.Equal(
            ("full", "http://blog.test/posts/full", "2026-03-02T00:00:00+00:00", "In short."),
            (full.First("name"), full.First("url"), full.First("published"), full.First("summary"))
        );
        Assert.Equal("Ada", CardOf(full.Items("author").Single()).Name);
        Assert.StartsWith("http://blog.test/media/sea.jpg?", full.First("featured"), StringComparison.Ordinal);
    }

    private async Task<JsonNode> EntryAsync(string path) =>
        (await Microformats.ReadAsync(("http://blog.test" + path, await _blog.ReadAsync(path)))).Single().Single();

    private static (string Type, string? Name, string? Url) CardOf(JsonNode author) =>
        ((string)author["type"]!.AsArray().Single()!, author.First("name"), author.First("url"));
}

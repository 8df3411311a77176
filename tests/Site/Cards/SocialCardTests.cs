using System.Net;
using System.Text;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;
using SkiaSharp;

namespace ServerlessBlog.Tests.Site.Cards;

/// <summary>What link previews show of pages, and the cards of those without a picture.</summary>
public sealed class SocialCardTests
{
    [Fact]
    public async Task A_post_without_a_picture_has_a_card_that_is_drawn_once_and_never_changes()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("post", title: "A <title> & more");
        var head = await HeadAsync(blog, "/posts/post");
        var link = head["og:image"]["http://blog.test".Length..];

        blog.Calls.Clear();
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => blog.GetAsync(link)));
        using var card = SKBitmap.Decode(await responses[0].Content.ReadAsByteArrayAsync());

        Assert.Equal(
            ("1200", "630", "image/png", "A <title> & more", "summary_large_image", "article", "Ada"),
            (
                head["og:image:width"],
                head["og:image:height"],
                head["og:image:type"],
                head["og:image:alt"],
                head["twitter:card"],
                head["og:type"],
                head["article:author"]
            )
        );
        Assert.Equal((1200, 630), (card.Width, card.Height));
        foreach (var response in responses)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(
                "public, max-age=31536000, immutable",
                response.Headers.NonValidated["Cache-Control"].Single()
            );
            response.Dispose();
        }

        Assert.Single(blog.Calls.Recorded, call => call.StartsWith("PUT /pictures/cards/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_title_has_a_new_card_to_which_the_old_address_leads()
    {
        await using var blog = await TestBlog.StartAsync();
        var id = await blog.PublishAsync("post", title: "Before");
        var before = await CardOfAsync(blog, "/posts/post");
        using var drawn = await blog.GetAsync(before);

        await blog.PublishAsync("post", title: "After");
        await blog.ReadUntilAsync("/posts/post", page => page.Contains("After", StringComparison.Ordinal));
        var after = await CardOfAsync(blog, "/posts/post");
        using var moved = await blog.GetAsync(before);
        using var redrawn = await blog.GetAsync(after);

        Assert.NotEqual(before, after);
        Assert.Equal(
            (HttpStatusCode.MovedPermanently, after),
            (moved.StatusCode, moved.Headers.Location!.OriginalString)
        );
        Assert.Equal(HttpStatusCode.OK, redrawn.StatusCode);
        Assert.Equal([$"cards/{id}/{after.Split('/')[^1][..^4]}"], await StoredAsync(blog));
    }

    [Fact]
    public async Task Made_up_addresses_draw_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        var id = await blog.PublishAsync("post");
        var draft = PostId.FromBlobName("draft.md");
        await blog.UploadAsync("draft.md", "---\ntitle: Draft\ndraft: true\n---\nText.\n");
        var version = new string('a', 32);

        Assert.Equal(301, await blog.StatusAsync($"/social-cards/{id}/{version}.png"));
        Assert.Equal(301, await blog.StatusAsync($"/social-cards/{id}/x"));
        Assert.Equal(301, await blog.StatusAsync($"/social-cards/site/{version}.png"));
        Assert.Equal(404, await blog.StatusAsync($"/social-cards/{draft}/{version}.png"));
        Assert.Equal(404, await blog.StatusAsync($"/social-cards/none/{version}.png"));
        Assert.Equal(404, await blog.StatusAsync($"/social-cards/{version}/{version}.png"));
        Assert.Empty(await StoredAsync(blog));
    }

    [Fact]
    public async Task Lists_have_the_card_of_the_blog_in_its_colour()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("post");
        await blog.WriteAsync("about", "type: page");
        var builtIn = await CardOfAsync(blog, "/");

        await blog.UploadAsync(
            "theme/site.yml",
            Encoding.UTF8.GetBytes("tagline: About things\naccent:\n  light: \"rgb(0 96 122)\"\n")
        );
        await blog.ReadUntilAsync("/", page => page.Contains("About things", StringComparison.Ordinal));
        var own = await CardOfAsync(blog, "/");
        using var response = await blog.GetAsync(own);
        using var card = SKBitmap.Decode(await response.Content.ReadAsByteArrayAsync());

        Assert.NotEqual(builtIn, own);
        Assert.Equal(new SKColor(0, 96, 122), card.GetPixel(10, 300));
        Assert.Equal("website", (await HeadAsync(blog, "/"))["og:type"]);
        Assert.Equal(own, await CardOfAsync(blog, "/archive"));
        Assert.NotEqual(own, await CardOfAsync(blog, "/about"));
        Assert.DoesNotContain("og:image", await blog.ReadAsync("/nowhere"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 500, "summary_large_image")]
    [InlineData(200, 200, "summary")]
    public async Task A_lead_picture_is_the_picture_of_the_preview(int width, int height, string kind)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("a.jpg", TestPictures.Photo(width, height));
        await blog.WriteAsync("post", "image: /media/a.jpg\nimage_alt: The sea");

        var head = await HeadAsync(blog, "/posts/post");

        Assert.StartsWith("http://blog.test/media/a.jpg?v=", head["og:image"], StringComparison.Ordinal);
        Assert.Equal(
            ($"{width}", $"{height}", "image/jpeg", "The sea", kind),
            (
                head["og:image:width"],
                head["og:image:height"],
                head["og:image:type"],
                head["og:image:alt"],
                head["twitter:card"]
            )
        );
    }

    [Fact]
    public async Task An_SVG_is_no_picture_of_a_preview_and_one_from_elsewhere_has_no_size()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray());
        await blog.WriteAsync("drawing", "image: /media/a.svg");
        await blog.WriteAsync("elsewhere", "image: https://pictures.example/a.png");
        await blog.WriteAsync("by-grace", "author: Grace");

        var elsewhere = await HeadAsync(blog, "/posts/elsewhere");

        Assert.Contains(
            "/social-cards/",
            (await HeadAsync(blog, "/posts/drawing"))["og:image"],
            StringComparison.Ordinal
        );
        Assert.Equal("https://pictures.example/a.png", elsewhere["og:image"]);
        Assert.False(elsewhere.ContainsKey("og:image:width"));
        Assert.Equal("http://blog.test/authors/grace", (await HeadAsync(blog, "/posts/by-grace"))["article:author"]);
    }

    private static async Task<string> CardOfAsync(TestBlog blog, string path) =>
        (await HeadAsync(blog, path))["og:image"]["http://blog.test".Length..];

    /// <summary>The metadata of a page by name or property; of several with one name, the last.</summary>
    private static async Task<Dictionary<string, string>> HeadAsync(TestBlog blog, string path)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var meta in (await blog.OpenAsync(path)).QuerySelectorAll("head meta[content]"))
        {
            metadata[meta.GetAttribute("property") ?? meta.GetAttribute("name")!] = meta.GetAttribute("content")!;
        }

        return metadata;
    }

    private static async Task<List<string>> StoredAsync(TestBlog blog) =>
        await new BlobContainerClient(blog.Connection, StorageNames.Pictures)
            .GetBlobsAsync()
            .Select(blob => blob.Name)
            .Where(name => name.StartsWith("cards/", StringComparison.Ordinal))
            .ToListAsync();
}

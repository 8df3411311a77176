using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Site;

/// <summary>Pictures of the blog's own on its pages.</summary>
public sealed class PicturesInPostsTests
{
    [Fact]
    public async Task A_picture_beside_its_post_is_shown_by_a_relative_link_with_its_size_and_its_widths()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/a b.jpg", TestPictures.Photo(1200, 900), StorageNames.Posts);
        await blog.UploadAsync(
            "trip/index.md",
            "---\ntitle: Trip\n---\n![The sea](<a b.jpg> \"At noon\")\n\n![Nothing](nowhere.jpg)\n"
        );

        var page = await blog.ReadAsync("/posts/trip");

        Assert.Matches(
            """<img src="/posts/trip/a%20b\.jpg\?v=(?<v>[\w-]{16})" loading="lazy" width="1200" height="900" srcset="/posts/trip/a%20b\.jpg\?v=\k<v>&amp;w=480 480w, /posts/trip/a%20b\.jpg\?v=\k<v>&amp;w=960 960w, /posts/trip/a%20b\.jpg\?v=\k<v>&amp;w=1200 1200w" sizes="[^"]+" alt="The sea" title="At noon">""",
            page
        );
        Assert.Contains(
            """<img src="/posts/trip/nowhere.jpg" loading="lazy" alt="Nothing">""",
            page,
            StringComparison.Ordinal
        );
        using var picture = await blog.Http.GetAsync(new Uri("/posts/trip/a%20b.jpg?w=480", UriKind.Relative));
        Assert.Equal("image/webp", picture.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_picture_that_comes_after_its_post_or_changes_changes_the_page()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("post", body: "![A](/media/a.png)");
        Assert.DoesNotContain(" width=", await blog.ReadAsync("/posts/post"), StringComparison.Ordinal);

        await blog.UploadAsync("a.png", TestPictures.Encode(100, 40, SKEncodedImageFormat.Png));
        await blog.ReadUntilAsync("/posts/post", page =>
            page.Contains("width=\"100\" height=\"40\"", StringComparison.Ordinal)
        );
        await blog.UploadAsync("a.png", TestPictures.Encode(100, 50, SKEncodedImageFormat.Png));
        await blog.ReadUntilAsync("/posts/post", page =>
            page.Contains("width=\"100\" height=\"50\"", StringComparison.Ordinal)
        );
        await blog.DeleteAsync("a.png", StorageNames.Media);
        await blog.ReadUntilAsync("/posts/post", page => !page.Contains(" width=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_picture_above_a_post_has_its_size_and_is_told_to_other_sites_by_its_whole_address()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/lead.jpg", TestPictures.Photo(1000, 500), StorageNames.Posts);
        await blog.UploadAsync(
            "trip/index.md",
            "---\ntitle: Trip\nfeatured: true\nimage: lead.jpg\nimage_alt: The sea\n---\nText.\n"
        );

        var page = await blog.ReadAsync("/posts/trip");
        var home = await blog.ReadAsync("/");

        Assert.Matches(
            """<img src="/posts/trip/lead\.jpg\?v=[\w-]{16}" srcset="[^"]+960w[^"]*" sizes="[^"]+" width="1000" height="500" alt="The sea">""",
            page
        );
        Assert.Matches(
            """<meta property="og:image" content="http://blog\.test/posts/trip/lead\.jpg\?v=[\w-]{16}">""",
            page
        );
        Assert.Matches(
            """<img src="/posts/trip/lead\.jpg\?v=[\w-]{16}" srcset="[^"]+" sizes="[^"]+" width="1000" height="500" loading="lazy" alt="">""",
            home
        );
    }

    [Fact]
    public async Task In_the_feed_every_address_of_a_picture_is_absolute()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/a.jpg", TestPictures.Photo(600, 500), StorageNames.Posts);
        await blog.UploadAsync("trip/index.md", "---\ntitle: Trip\n---\n![The sea](a.jpg)\n");

        var feed = await blog.ReadAsync("/feed.xml");

        Assert.Matches(
            """img src="http://blog\.test/posts/trip/a\.jpg\?v=[\w-]{16}".+srcset="http://blog\.test/posts/trip/a\.jpg\?v=[\w-]{16}&amp;amp;w=480 480w, http://blog\.test/posts/trip/a\.jpg""",
            feed.Replace("\n", " ", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("a.jpg", "published", "1200 × 900 pixels; what the camera wrote into the file is left out.")]
    [InlineData("a.heic", "refused", "save it as JPEG, PNG or WebP")]
    [InlineData("large.png", "refused", "make it smaller, at most 40 million")]
    [InlineData(
        "heavy.jpg",
        "refused",
        "the picture has 26,214,401 bytes: make it smaller, at most 26,214,400 (25 MiB)."
    )]
    public async Task Every_picture_leaves_a_report_and_one_that_cannot_be_shown_says_why(
        string name,
        string outcome,
        string sentence
    )
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync(
            name,
            name switch
            {
                "a.jpg" => TestPictures.Photo(1200, 900),
                "large.png" => TestPictures.Hollow(60_000, 60_000),
                "heavy.jpg" => new byte[(25 * 1024 * 1024) + 1],
                _ => "not a picture"u8.ToArray(),
            }
        );

        Assert.Equal(outcome, report.Outcome.ToWord());
        Assert.Contains(report.Lines, line => line.Contains(sentence, StringComparison.Ordinal));
        using var answer = await blog.Http.GetAsync(new Uri($"/media/{name}", UriKind.Relative));
        Assert.Equal(outcome == "published", answer.IsSuccessStatusCode);
        Assert.NotEqual("not a picture", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("theme/theme.css", "body { color: tan }", "/style.css", "body { color: tan }")]
    [InlineData(
        "theme/head.html",
        "<meta name=\"fediverse:creator\" content=\"ada\">",
        "/",
        "<meta name=\"fediverse:creator\" content=\"ada\">"
    )]
    public async Task A_theme_that_is_uploaded_is_on_every_page(string name, string text, string path, string shown)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.ReadAsync(path);

        await blog.UploadAsync(name, System.Text.Encoding.UTF8.GetBytes(text));

        await blog.ReadUntilAsync(path, page => page.Contains(shown, StringComparison.Ordinal));
        await blog.DeleteAsync(name, StorageNames.Media);
        await blog.ReadUntilAsync(path, page => !page.Contains(shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "<script src=\"https://elsewhere.example/a.js\"></script>",
        "published",
        "the script https://elsewhere.example/a.js will not run: it is from another site."
    )]
    [InlineData("", "refused", "the file has 65,537 bytes: keep at most 65,536 (64 KiB).")]
    public async Task What_of_a_theme_will_not_work_is_reported(string head, string outcome, string sentence)
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync(
            "theme/head.html",
            head.Length > 0 ? System.Text.Encoding.UTF8.GetBytes(head) : new byte[(64 * 1024) + 1]
        );

        Assert.Equal(outcome, report.Outcome.ToWord());
        Assert.Contains(report.Lines, line => line.StartsWith(sentence, StringComparison.Ordinal));
    }
}

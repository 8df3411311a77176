using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Site;

/// <summary>The blog's own pictures on its pages.</summary>
public sealed class PicturesInPostsTests
{
    [Fact]
    public async Task A_picture_in_the_folder_of_the_post_has_its_size_and_srcset()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/a b.jpg", TestPictures.Photo(1200, 900), StorageNames.Posts);
        await blog.UploadAsync(
            "trip/index.md",
            "---\ntitle: Trip\n---\n![The sea](<a b.jpg> \"At noon\")\n\n![Nothing](nowhere.jpg)\n"
        );

        var page = await blog.ReadAsync("/posts/trip");

        Assert.Matches(
            """<img src="/posts/trip/a%20b\.jpg\?v=(?<v>[\w-]{16})" loading="lazy" width="1200" height="900" """
                + """srcset="/posts/trip/a%20b\.jpg\?v=\k<v>&amp;w=480 480w, """
                + """/posts/trip/a%20b\.jpg\?v=\k<v>&amp;w=960 960w, """
                + """/posts/trip/a%20b\.jpg\?v=\k<v>&amp;w=1200 1200w" sizes="[^"]+" alt="The sea" title="At noon">""",
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
    public async Task A_page_is_rendered_again_when_its_picture_is_uploaded_changed_or_deleted()
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
    public async Task The_lead_picture_of_a_post_has_its_size_and_an_absolute_og_image_URL()
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
            """<img class="u-featured" src="/posts/trip/lead\.jpg\?v=[\w-]{16}" srcset="[^"]+960w[^"]*" """
                + """sizes="[^"]+" width="1000" height="500"\s+alt="The sea">""",
            page
        );
        Assert.Matches(
            """<meta property="og:image" content="http://blog\.test/posts/trip/lead\.jpg\?v=[\w-]{16}">""",
            page
        );
        Assert.Matches(
            """<img class="u-featured" src="/posts/trip/lead\.jpg\?v=[\w-]{16}" srcset="[^"]+" sizes="[^"]+" """
                + """width="1000" height="500" loading="lazy" alt="">""",
            home
        );
    }

    [Fact]
    public async Task A_lead_picture_whose_file_does_not_exist_leaves_no_gap_and_is_shown_once_it_is_uploaded()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/index.md", "---\ntitle: Trip\nfeatured: true\nimage: lead.jpg\n---\nText.\n");

        Assert.DoesNotContain("lead.jpg", await blog.ReadAsync("/posts/trip"), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"cover\"", await blog.ReadAsync("/"), StringComparison.Ordinal);

        await blog.UploadAsync("trip/lead.jpg", TestPictures.Photo(1000, 500), StorageNames.Posts);
        foreach (var path in new[] { "/posts/trip", "/" })
        {
            await blog.ReadUntilAsync(path, page =>
                page.Contains("width=\"1000\" height=\"500\"", StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("anim.png", "image/png")]
    [InlineData("anim.webp", "image/webp")]
    [InlineData("fakegif.png", "image/gif")]
    public async Task An_animation_is_shown_in_its_size_and_served_as_what_it_is(string name, string type)
    {
        await using var blog = await TestBlog.StartAsync();
        var file = await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Find(), "tests", "data", "pictures", name));
        var report = await blog.UploadAsync(name, file);
        await blog.PublishAsync("post", body: $"![A](/media/{name})");

        Assert.Contains("600 × 200 pixels", report.ToText(), StringComparison.Ordinal);
        Assert.Contains(
            "width=\"600\" height=\"200\" alt=\"A\"",
            await blog.ReadAsync("/posts/post"),
            StringComparison.Ordinal
        );
        using var response = await blog.Http.GetAsync(new Uri($"/media/{name}?w=480", UriKind.Relative));
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(file, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task In_the_feed_all_URLs_of_a_picture_are_absolute()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/a.jpg", TestPictures.Photo(600, 500), StorageNames.Posts);
        await blog.UploadAsync("trip/index.md", "---\ntitle: Trip\n---\n![The sea](a.jpg)\n");

        var feed = await blog.ReadAsync("/feed.xml");

        Assert.Matches(
            """img src="http://blog\.test/posts/trip/a\.jpg\?v=[\w-]{16}".+"""
                + """srcset="http://blog\.test/posts/trip/a\.jpg\?v=[\w-]{16}&amp;amp;w=480 480w, """
                + "http://blog\\.test/posts/trip/a\\.jpg",
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
    public async Task Every_uploaded_picture_has_a_report_with_the_reason_of_a_refusal(
        string name,
        string outcome,
        string expected
    )
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync(
            name,
            name switch
            {
                "a.jpg" => TestPictures.Photo(1200, 900),
                "large.png" => TestPictures.PngWithClaimedSize(60_000, 60_000),
                "heavy.jpg" => new byte[(25 * 1024 * 1024) + 1],
                _ => "not a picture"u8.ToArray(),
            }
        );

        Assert.Equal(outcome, report.Outcome.ToWord());
        Assert.Contains(report.Lines, line => line.Contains(expected, StringComparison.Ordinal));
        using var response = await blog.Http.GetAsync(new Uri($"/media/{name}", UriKind.Relative));
        Assert.Equal(outcome == "published", response.IsSuccessStatusCode);
        Assert.NotEqual("not a picture", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("theme/theme.css", "body { color: tan }", "/style.css", "body { color: tan }")]
    [InlineData(
        "theme/head.html",
        "<meta name=\"fediverse:creator\" content=\"ada\">",
        "/",
        "<meta name=\"fediverse:creator\" content=\"ada\">"
    )]
    public async Task An_uploaded_theme_is_on_every_page(string name, string text, string path, string marker)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.ReadAsync(path);

        await blog.UploadAsync(name, System.Text.Encoding.UTF8.GetBytes(text));

        await blog.ReadUntilAsync(path, page => page.Contains(marker, StringComparison.Ordinal));
        await blog.DeleteAsync(name, StorageNames.Media);
        await blog.ReadUntilAsync(path, page => !page.Contains(marker, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "<script src=\"https://elsewhere.example/a.js\"></script>",
        "published",
        "the script https://elsewhere.example/a.js will not run: it is from another site."
    )]
    [InlineData("", "refused", "the file has 65,537 bytes: keep at most 65,536 (64 KiB).")]
    public async Task Parts_of_a_theme_that_do_not_work_are_reported(string head, string outcome, string expected)
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync(
            "theme/head.html",
            head.Length > 0 ? System.Text.Encoding.UTF8.GetBytes(head) : new byte[(64 * 1024) + 1]
        );

        Assert.Equal(outcome, report.Outcome.ToWord());
        Assert.Contains(report.Lines, line => line.StartsWith(expected, StringComparison.Ordinal));
    }
}

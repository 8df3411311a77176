using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Results;
using SkiaSharp;

namespace ServerlessBlog.Tests.Web.Icons;

/// <summary>The icons of the blog and its web manifest: the built-in ones, and those of the owner's picture.</summary>
public sealed class IconTests
{
    [Fact]
    public async Task Without_a_picture_every_icon_shows_the_built_in_mark()
    {
        await using var blog = await TestBlog.StartAsync();
        var page = await blog.OpenAsync("/");

        using var favicon = await PictureAsync(blog, "/favicon.ico", "image/x-icon", 48);
        using var touch = await PictureAsync(
            blog,
            page.Links("link[rel=apple-touch-icon]").Single()!,
            "image/png",
            180
        );
        using var large = await PictureAsync(blog, "/icons/512.png", "image/png", 512);

        Assert.StartsWith("data:image/svg+xml,", page.Links("link[rel=icon]").Single(), StringComparison.Ordinal);
        Assert.Equal(new SKColor(0xB4, 0x45, 0x2E), favicon.GetPixel(24, 24));
        Assert.Equal(0, favicon.GetPixel(1, 1).Alpha);
        Assert.Equal(SKColors.White, touch.GetPixel(1, 1));
        Assert.Equal(new SKColor(0xB4, 0x45, 0x2E), large.GetPixel(256, 256));
    }

    [Theory]
    [InlineData("icon.png", 1200, 600)]
    [InlineData("icon.jpg", 100, 50)]
    public async Task A_picture_gives_all_icons_whole_and_in_the_middle(string name, int width, int height)
    {
        await using var blog = await TestBlog.StartAsync();
        var format = name.EndsWith("png", StringComparison.Ordinal)
            ? SKEncodedImageFormat.Png
            : SKEncodedImageFormat.Jpeg;
        await blog.UploadAsync(name, TestPictures.Encode(width, height, format));
        await PutAsync(blog, $"icon: /media/{name}\n");
        var page = await blog.OpenAsync("/");

        using var favicon = await PictureAsync(blog, page.Links("link[rel=icon]").Single()!, "image/x-icon", 48);
        using var touch = await PictureAsync(
            blog,
            page.Links("link[rel=apple-touch-icon]").Single()!,
            "image/png",
            180
        );

        // Upper half red, lower half blue, above and below them nothing: white, or transparent.
        AssertClose(SKColors.Red, touch.GetPixel(90, 60));
        AssertClose(SKColors.Blue, touch.GetPixel(90, 120));
        Assert.Equal(SKColors.White, touch.GetPixel(90, 10));
        AssertClose(SKColors.Red, favicon.GetPixel(24, 16));
        Assert.Equal(0, favicon.GetPixel(24, 2).Alpha);
    }

    [Fact]
    public async Task The_manifest_names_the_blog_and_icons_of_192_and_512_pixels()
    {
        await using var blog = await TestBlog.StartAsync();
        await PutAsync(blog, "description: What I saw.\nlanguage: de\n");
        var address = (await blog.OpenAsync("/")).Links("link[rel=manifest]").Single()!;
        using var response = await blog.GetAsync(address);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var manifest = json.RootElement;

        Assert.Equal("application/manifest+json", $"{response.Content.Headers.ContentType}");
        Assert.Equal("Test blog", manifest.GetProperty("name").GetString());
        Assert.Equal("What I saw.", manifest.GetProperty("description").GetString());
        Assert.Equal("de", manifest.GetProperty("lang").GetString());
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        Assert.Equal(["192x192", "512x512"], icons.Select(icon => icon.GetProperty("sizes").GetString()));
        foreach (var (icon, side) in icons.Zip([192, 512]))
        {
            using var _ = await PictureAsync(blog, icon.GetProperty("src").GetString()!, "image/png", side);
        }
    }

    [Fact]
    public async Task An_icon_is_immutable_under_its_version_which_changes_with_the_picture()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("a.png", TestPictures.Encode(64, 64, SKEncodedImageFormat.Png));
        await PutAsync(blog, "icon: /media/a.png\n");
        var first = (await blog.OpenAsync("/")).Links("link[rel=icon]").Single()!;

        Assert.Equal(CachePolicy.Versioned.CacheControl, await CacheControlAsync(blog, first));
        Assert.Equal(CachePolicy.Icon.CacheControl, await CacheControlAsync(blog, "/favicon.ico"));
        Assert.Equal(CachePolicy.Page.CacheControl, await CacheControlAsync(blog, "/favicon.ico?v=other"));

        await blog.UploadAsync("a.png", TestPictures.Encode(32, 64, SKEncodedImageFormat.Png));
        Assert.NotEqual(first, (await blog.OpenAsync("/")).Links("link[rel=icon]").Single());
    }

    [Theory]
    [InlineData("icon: /media/none.png")]
    [InlineData("icon: /media/broken.png")]
    [InlineData("icon: /media/drawing.svg")]
    public async Task A_picture_that_cannot_be_drawn_leaves_the_built_in_icons(string yaml)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("broken.png", "not a picture"u8.ToArray());
        await PutAsync(blog, yaml);

        using var favicon = await PictureAsync(blog, "/favicon.ico", "image/x-icon", 48);

        Assert.Equal(new SKColor(0xB4, 0x45, 0x2E), favicon.GetPixel(24, 24));
        Assert.StartsWith(
            "data:",
            (await blog.OpenAsync("/")).Links("link[rel=icon]").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_icon_of_another_size_does_not_exist()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.Equal((int)HttpStatusCode.NotFound, await blog.StatusAsync("/icons/513.png"));
    }

    private static Task PutAsync(TestBlog blog, string yaml) =>
        blog.UploadAsync("theme/site.yml", Encoding.UTF8.GetBytes(yaml));

    private static async Task<string> CacheControlAsync(TestBlog blog, string address)
    {
        using var response = await blog.GetAsync(address);
        return response.Headers.GetValues("Cache-Control").Single();
    }

    /// <summary>Gets an icon and decodes it. Checks its type and size, and the header of an ICO file.</summary>
    private static async Task<SKBitmap> PictureAsync(TestBlog blog, string address, string type, int side)
    {
        using var response = await blog.GetAsync(address);
        var bytes = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        Assert.Equal(type, $"{response.Content.Headers.ContentType}");
        if (type == "image/x-icon")
        {
            Assert.Equal([0, 0, 1, 0, 1, 0, (byte)side, (byte)side], bytes[..8]);
            Assert.Equal(bytes.Length - 22, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(14)));
            Assert.Equal(22, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(18)));
            bytes = bytes[22..];
        }

        var picture = SKBitmap.Decode(bytes);
        Assert.Equal((side, side), (picture.Width, picture.Height));
        return picture;
    }

    private static void AssertClose(SKColor expected, SKColor actual)
    {
        Assert.InRange(actual.Red, expected.Red - 8, expected.Red + 8);
        Assert.InRange(actual.Green, expected.Green - 8, expected.Green + 8);
        Assert.InRange(actual.Blue, expected.Blue - 8, expected.Blue + 8);
    }
}

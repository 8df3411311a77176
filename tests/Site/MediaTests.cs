using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Site;

[Trait("Category", "Slow")]
public sealed class MediaTests
{
    [Theory]
    [InlineData("trip/a film.mp4", "video/mp4")]
    [InlineData("drawn.svg", "image/svg+xml")]
    [InlineData("what is this", "application/octet-stream")]
    public async Task A_file_is_served_unchanged_with_ranges_and_validators(string name, string type)
    {
        await using var blog = await TestBlog.StartAsync();
        var bytes = Enumerable.Range(0, 1000).Select(number => (byte)number).ToArray();
        await blog.UploadAsync(name, bytes);
        var address = $"/media/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}";

        using var whole = await GetAsync(blog, address);
        using var part = await GetAsync(blog, address, headers => headers.Range = new RangeHeaderValue(10, 19));
        using var again = await GetAsync(blog, address, headers => headers.IfNoneMatch.Add(whole.Headers.ETag!));

        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal(type, whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task A_photo_is_served_without_metadata_and_in_smaller_widths_with_ranges_and_validators()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("trip/Ada's photo.jpg", TestPictures.Photo(1200, 900));
        const string Address = "/media/trip/Ada%27s%20photo.jpg";

        using var whole = await GetAsync(blog, Address);
        using var narrow = await GetAsync(blog, $"{Address}?w=480");
        using var unknown = await GetAsync(blog, $"{Address}?w=481");
        using var part = await GetAsync(blog, Address, headers => headers.Range = new RangeHeaderValue(10, 19));
        using var again = await GetAsync(blog, Address, headers => headers.IfNoneMatch.Add(whole.Headers.ETag!));

        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal(("image/jpeg", 1200), (whole.Content.Headers.ContentType!.MediaType, WidthOf(bytes)));
        Assert.DoesNotContain(TestPictures.CameraName, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(
            ("image/webp", 480),
            (narrow.Content.Headers.ContentType!.MediaType, WidthOf(await narrow.Content.ReadAsByteArrayAsync()))
        );
        Assert.Equal(bytes, await unknown.Content.ReadAsByteArrayAsync());
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task A_photo_is_immutable_only_under_the_hash_of_its_pixels()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("a.png", TestPictures.Encode(1000, 10, SKEncodedImageFormat.Png));
        await blog.PublishAsync("post", body: "![A](/media/a.png)");
        var before = Addresses(await blog.ReadAsync("/posts/post"));
        var cachedBefore = await CachingAsync(before);

        await blog.UploadAsync("a.png", TestPictures.Encode(1000, 12, SKEncodedImageFormat.Png));
        var after = Addresses(
            await blog.ReadUntilAsync("/posts/post", page => page.Contains("height=\"12\"", StringComparison.Ordinal))
        );

        Assert.Equal(4, before.Count); // the picture itself and the three widths of its srcset
        Assert.All(cachedBefore, caching => Assert.Equal("public, max-age=31536000, immutable", caching));
        Assert.All(await CachingAsync(before), caching =>
            Assert.Contains("max-age=300,", caching, StringComparison.Ordinal)
        );
        Assert.All(await CachingAsync(after), caching => Assert.Equal("public, max-age=31536000, immutable", caching));

        async Task<string?[]> CachingAsync(IEnumerable<string> addresses) =>
            await Task.WhenAll(
                addresses.Select(async address =>
                {
                    using var response = await GetAsync(blog, address);
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                    return response.Headers.CacheControl!.ToString();
                })
            );
    }

    [Theory]
    [InlineData("drawing.svg")]
    [InlineData("page.html")]
    public async Task A_file_that_can_contain_scripts_is_sandboxed(string name)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync(name, "<script>alert(1)</script>"u8.ToArray());

        using var response = await GetAsync(blog, $"/media/{name}");

        Assert.StartsWith(
            "sandbox; default-src 'none'",
            response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/media/nothing.png")]
    [InlineData("/media/")]
    [InlineData("/media/../posts/secret.md")]
    [InlineData("/media/%2e%2e/posts/secret.md")]
    [InlineData("/posts/secret.md")]
    [InlineData("/posts/trip/secret.md")]
    [InlineData("/posts/trip/notes.txt")]
    [InlineData("/reports/secret.md.txt")]
    public async Task Missing_and_private_files_are_404(string address)
    {
        await using var blog = await TestBlog.StartAsync();
        const string Draft = "---\ntitle: Draft\ndraft: true\n---\nSecret.";
        await Task.WhenAll(
            blog.UploadAsync("secret.md", Draft),
            blog.UploadAsync("trip/secret.md", Draft),
            blog.UploadAsync("trip/notes.txt", Draft)
        );

        using var response = await GetAsync(blog, address);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("Secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_photo_is_gone_with_all_its_encoded_versions()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("a.jpg", TestPictures.Photo(1200, 900));
        await blog.PublishAsync("post", body: "![A](/media/a.jpg)");
        var addresses = Addresses(await blog.ReadAsync("/posts/post"));

        var report = await blog.DeleteAsync("a.jpg", "media");

        Assert.Equal(UploadOutcome.Withdrawn, report.Outcome);
        Assert.Empty(new Azure.Storage.Blobs.BlobContainerClient(blog.Connection, "pictures").GetBlobs());
        foreach (var address in addresses.Prepend("/media/a.jpg"))
        {
            using var response = await GetAsync(blog, address);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Missing_encoded_versions_of_a_photo_are_encoded_again()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("a.jpg", TestPictures.Photo(1200, 900));
        var pictures = new Azure.Storage.Blobs.BlobContainerClient(blog.Connection, "pictures");
        foreach (var blob in pictures.GetBlobs().ToList())
        {
            await pictures.DeleteBlobAsync(blob.Name);
        }

        using var narrow = await GetAsync(blog, "/media/a.jpg?w=480");

        Assert.Equal(480, WidthOf(await narrow.Content.ReadAsByteArrayAsync()));
    }

    private static List<string> Addresses(string page) =>
        [
            .. System
                .Text.RegularExpressions.Regex.Matches(page, @"/media/[^\s""]+\?v=[^\s""]+")
                .Select(match => WebUtility.HtmlDecode(match.Value))
                .Distinct(),
        ];

    private static int WidthOf(byte[] picture)
    {
        using var codec = SKCodec.Create(new MemoryStream(picture));
        return codec.Info.Width;
    }

    private static async Task<HttpResponseMessage> GetAsync(
        TestBlog blog,
        string address,
        Action<HttpRequestHeaders>? arrange = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        arrange?.Invoke(request.Headers);
        return await blog.Http.SendAsync(request);
    }
}

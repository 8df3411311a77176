using System.Net;
using System.Net.Http.Headers;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Media;
using ServerlessBlog.Tests.Infrastructure;
using SkiaSharp;

namespace ServerlessBlog.Tests.Admin.Posts;

/// <summary>Uploading pictures and other files in the admin area.</summary>
public sealed class FilesBesidePostsTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    private const string EditPath = "/moderate/posts/edit";
    private const string Typed = "---\ntitle: Typed\n---\nWords.\n";

    [Fact]
    public async Task A_picture_is_uploaded_under_a_plain_name_and_its_Markdown_is_appended_to_the_text()
    {
        var picture = TestPictures.Encode(300, 200, SKEncodedImageFormat.Png);

        using var added = await SendAsync("add", "C:\\Photos\\Sea & sun (1).PNG", picture);
        var page = await added.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Contains("/media/sea-sun-1.png is uploaded", page, StringComparison.Ordinal);
        Assert.Contains("Words.&#xA;&#xA;![](/media/sea-sun-1.png)&#xA;</textarea>", page, StringComparison.Ordinal);
        Assert.Equal("image/png", (await Media.GetBlobClient("sea-sun-1.png").GetPropertiesAsync()).Value.ContentType);
        using var read = await blog.Blog.Http.GetAsync("/media/sea-sun-1.png");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_file_is_never_overwritten_and_the_same_file_sent_again_is_stored_once()
    {
        var (first, second) = (
            TestPictures.Encode(30, 20, SKEncodedImageFormat.Png),
            TestPictures.Encode(31, 20, SKEncodedImageFormat.Png)
        );

        foreach (var picture in new[] { first, second, second })
        {
            (await SendAsync("add", "image.png", picture)).Dispose();
        }

        var names = await Media
            .GetBlobsAsync(
                Azure.Storage.Blobs.Models.BlobTraits.None,
                Azure.Storage.Blobs.Models.BlobStates.None,
                "image",
                CancellationToken.None
            )
            .Select(blob => blob.Name)
            .ToListAsync();
        Assert.Equal(2, names.Count);
        Assert.Matches("^image-[0-9a-f]{12}\\.png$", names[0]);
        Assert.Equal(first, (await Media.GetBlobClient("image.png").DownloadContentAsync()).Value.Content.ToArray());
        Assert.Equal(second, (await Media.GetBlobClient(names[0]).DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_file_sent_with_a_saved_text_is_uploaded_too()
    {
        using var saved = await SendAsync("", "Report 1.pdf", [1, 2, 3]);

        Assert.Equal(
            (HttpStatusCode.SeeOther, $"{EditPath}?name=typed.md"),
            (saved.StatusCode, saved.Headers.Location?.ToString())
        );
        Assert.Equal(
            Typed + "\n[report-1.pdf](/media/report-1.pdf)\n",
            (
                await new BlobContainerClient(blog.Blog.Connection, StorageNames.Posts)
                    .GetBlobClient("typed.md")
                    .DownloadContentAsync()
            ).Value.Content.ToString()
        );
    }

    [Fact]
    public async Task A_large_file_is_uploaded_in_blocks_and_overwrites_nothing()
    {
        var (first, second) = (new byte[9 * 1024 * 1024], new byte[9 * 1024 * 1024]);
        (first[^1], second[^1]) = (1, 2);

        (await SendAsync("add", "film.mp4", first)).Dispose();
        using var added = await SendAsync("add", "film.mp4", second);

        Assert.Equal(first, (await Media.GetBlobClient("film.mp4").DownloadContentAsync()).Value.Content.ToArray());
        var name = System
            .Text.RegularExpressions.Regex.Match(await added.Content.ReadAsStringAsync(), "film-[0-9a-f]{12}\\.mp4")
            .Value;
        Assert.Equal(second, (await Media.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToArray());
    }

    [Theory]
    [InlineData("page.html", "page.html is neither picture, sound, film nor PDF")]
    [InlineData("theme/theme.css", "theme.css is neither picture, sound, film nor PDF")]
    [InlineData("none", "none is neither picture, sound, film nor PDF")]
    [InlineData(
        "IMG_1.HEIC",
        "img-1.heic is a picture of a kind that browsers or the blog cannot read: save it as JPEG, PNG or WebP."
    )]
    public async Task Only_files_that_readers_can_open_are_accepted(string name, string problem)
    {
        using var refused = await SendAsync("add", name, [1, 2, 3]);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(problem, page, StringComparison.Ordinal);
        Assert.Contains("Words.&#xA;</textarea>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_empty_too_large_or_missing_is_reported_and_the_text_stays_in_the_form()
    {
        using var empty = await SendAsync("add", "empty.png", []);
        using var large = await SendAsync("", "large.png", new byte[MediaUploads.MaxBytes + 1]);
        using var none = await SendAsync("add", null, []);
        using var huge = await SendAsync("add", "huge.png", new byte[65 * 1024 * 1024]);

        Assert.Contains(
            "empty.png is empty: choose another file.",
            await empty.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        var page = await large.Content.ReadAsStringAsync();
        Assert.Contains(
            "large.png has 26,214,401 bytes: make it smaller, at most 26,214,400 (25 MiB).",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("Words.&#xA;</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("Choose a file first.", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            [
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.BadRequest,
                HttpStatusCode.RequestEntityTooLarge,
            ],
            [empty.StatusCode, large.StatusCode, none.StatusCode, huge.StatusCode]
        );
        Assert.Empty(
            await Media
                .GetBlobsAsync(
                    Azure.Storage.Blobs.Models.BlobTraits.None,
                    Azure.Storage.Blobs.Models.BlobStates.None,
                    "large",
                    CancellationToken.None
                )
                .ToListAsync()
        );
    }

    [Fact]
    public async Task A_form_from_another_origin_uploads_nothing()
    {
        using var refused = await SendAsync(
            "add",
            "elsewhere.png",
            TestPictures.Encode(30, 20, SKEncodedImageFormat.Png),
            origin: "https://evil.example"
        );

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False(await Media.GetBlobClient("elsewhere.png").ExistsAsync());
    }

    private BlobContainerClient Media => new(blog.Blog.Connection, StorageNames.Media);

    /// <summary>
    /// Posts the form as a browser does, with a file or, when <paramref name="name"/> is null, without one.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(
        string action,
        string? name,
        byte[] bytes,
        string origin = "http://blog.test"
    )
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(""), "name" },
            { new StringContent(""), "version" },
            { new StringContent(Typed.ReplaceLineEndings("\r\n")), "text" },
            { new StringContent(action), "act" },
        };
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse(
            $"form-data; name=\"file\"; filename=\"{name?.Replace("\\", "\\\\", StringComparison.Ordinal)}\""
        );
        form.Add(file);
        return await blog.Moderator.PostAsync(EditPath, form, origin);
    }
}

using System.Net;
using System.Net.Http.Headers;
using Azure.Storage.Blobs;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Tests.Pages;

public sealed class MediaTests
{
    [Fact]
    public async Task A_file_is_served_whole_in_part_and_not_again_to_who_has_it()
    {
        await using var blog = await TestBlog.StartAsync();
        var bytes = Enumerable.Range(0, 1000).Select(number => (byte)number).ToArray();
        await UploadAsync(blog, "trip/a picture.png", bytes);

        using var whole = await blog.Http.GetAsync(new Uri("/media/trip/a%20picture.png", UriKind.Relative));
        using var part = await GetAsync(blog, request => request.Headers.Range = new RangeHeaderValue(10, 19));
        using var again = await GetAsync(blog, request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag!));

        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", whole.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[10..20], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        async Task<HttpResponseMessage> GetAsync(TestBlog blog, Action<HttpRequestMessage> arrange)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/media/trip/a%20picture.png");
            arrange(request);
            return await blog.Http.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("drawing.svg")]
    [InlineData("page.html")]
    public async Task A_file_that_could_hold_a_script_may_not_run_it(string name)
    {
        await using var blog = await TestBlog.StartAsync();
        await UploadAsync(blog, name, "<script>alert(1)</script>"u8.ToArray());

        using var answer = await blog.Http.GetAsync(new Uri($"/media/{name}", UriKind.Relative));

        Assert.StartsWith("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/media/nothing.png")]
    [InlineData("/media/")]
    [InlineData("/media/../posts/secret.md")]
    [InlineData("/media/%2e%2e/posts/secret.md")]
    public async Task What_is_not_there_is_404(string address)
    {
        await using var blog = await TestBlog.StartAsync();

        using var answer = await blog.Http.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task UploadAsync(TestBlog blog, string name, byte[] bytes) =>
        new BlobContainerClient(blog.Connection, "media").GetBlobClient(name).UploadAsync(BinaryData.FromBytes(bytes));
}

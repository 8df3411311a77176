using System.IO.Compression;
using System.Net;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

public sealed class PageResultTests
{
    [Fact]
    public async Task A_page_is_served_in_an_accepted_encoding_with_an_ETag_of_its_own()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("encoded", body: "A **long** enough text. " + new string('x', 500));

        using var identity = await GetAsync(blog, "/posts/encoded");
        using var brotli = await GetAsync(blog, "/posts/encoded", request =>
            request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br")
        );
        using var gzip = await GetAsync(blog, "/posts/encoded", request =>
            request.Headers.AcceptEncoding.ParseAdd("gzip, br;q=0")
        );

        var html = await identity.Content.ReadAsByteArrayAsync();
        Assert.Empty(identity.Content.Headers.ContentEncoding);
        Assert.Equal(["br"], brotli.Content.Headers.ContentEncoding);
        Assert.Equal(["gzip"], gzip.Content.Headers.ContentEncoding);
        Assert.Equal(
            html,
            await ReadAllAsync(new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        );
        Assert.Equal(
            html,
            await ReadAllAsync(new GZipStream(await gzip.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        );
        Assert.Equal(
            3,
            new[] { identity, brotli, gzip }.Select(response => response.Headers.ETag!.Tag).Distinct().Count()
        );
        Assert.All([identity, brotli, gzip], response =>
            Assert.Equal("Accept-Encoding", response.Headers.Vary.Single())
        );
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task A_request_with_a_matching_validator_gets_304_without_a_body(string encoding)
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("known");
        using var first = await GetAsync(blog, "/posts/known", request =>
            request.Headers.AcceptEncoding.ParseAdd(encoding)
        );

        using var byTag = await GetAsync(blog, "/posts/known", request =>
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        });
        using var byTime = await GetAsync(blog, "/posts/known", request =>
            request.Headers.IfModifiedSince = first.Content.Headers.LastModified
        );

        Assert.All([byTag, byTime], response => Assert.Equal(HttpStatusCode.NotModified, response.StatusCode));
        Assert.Empty(await byTag.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.ETag, byTag.Headers.ETag);
        Assert.Equal(first.Headers.CacheControl, byTag.Headers.CacheControl);
    }

    [Fact]
    public async Task After_a_change_the_old_ETag_gets_the_new_page()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("changing", body: "Before.");
        using var before = await GetAsync(blog, "/posts/changing");
        await blog.PublishAsync("changing", body: "After.");

        using var after = await GetAsync(blog, "/posts/changing", request =>
            request.Headers.IfNoneMatch.Add(before.Headers.ETag!)
        );

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Contains("After.", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_without_the_body()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("headed");
        using var get = await GetAsync(blog, "/posts/headed");

        using var head = await blog.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/posts/headed"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.LastModified, head.Content.Headers.LastModified);
    }

    [Fact]
    public async Task A_shared_cache_may_store_a_page_for_two_seconds_and_serve_it_during_an_outage()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("cacheable");

        using var response = await GetAsync(blog, "/posts/cacheable");

        var control = response.Headers.CacheControl!;
        Assert.True(control.Public);
        Assert.Equal(TimeSpan.FromSeconds(2), control.SharedMaxAge);
        Assert.Equal(TimeSpan.Zero, control.MaxAge);
        Assert.Contains(control.Extensions, extension => extension.Name == "stale-if-error");
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_stylesheet_is_immutable_under_its_hash()
    {
        await using var blog = await TestBlog.StartAsync();
        var home = await blog.ReadAsync("/");
        var address = home.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];

        using var hashed = await GetAsync(blog, address);
        using var plain = await GetAsync(blog, "/style.css");

        Assert.Equal("text/css", hashed.Content.Headers.ContentType!.MediaType);
        Assert.Contains(hashed.Headers.CacheControl!.Extensions, extension => extension.Name == "immutable");
        Assert.DoesNotContain(plain.Headers.CacheControl!.Extensions, extension => extension.Name == "immutable");
    }

    private static async Task<HttpResponseMessage> GetAsync(
        TestBlog blog,
        string path,
        Action<HttpRequestMessage>? arrange = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        arrange?.Invoke(request);
        return await blog.Http.SendAsync(request);
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        await using (stream)
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }
}

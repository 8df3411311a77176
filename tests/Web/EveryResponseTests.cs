using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Web;

/// <summary>The response headers that all kinds of pages have in common.</summary>
public sealed class EveryResponseTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    [Theory]
    [MemberData(nameof(EveryPageKindBlog.All), MemberType = typeof(EveryPageKindBlog))]
    [InlineData("/style.css")]
    [InlineData("/blog.js")]
    public async Task Every_page_is_compressed_has_validators_and_has_the_same_headers_for_HEAD(string address)
    {
        using var plain = await fixture.Blog.GetAsync(address);
        using var brotli = await fixture.Blog.GetAsync(address, request =>
            request.Headers.AcceptEncoding.ParseAdd("br")
        );
        using var gzip = await fixture.Blog.GetAsync(address, request =>
            request.Headers.AcceptEncoding.ParseAdd("gzip")
        );
        using var byTag = await fixture.Blog.GetAsync(address, request =>
            request.Headers.IfNoneMatch.Add(plain.Headers.ETag!)
        );
        using var byTime = await fixture.Blog.GetAsync(address, request =>
            request.Headers.IfModifiedSince = plain.Content.Headers.LastModified!.Value
        );
        using var head = await fixture.Blog.GetAsync(address, method: "HEAD");

        var bytes = await plain.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal(
            bytes,
            await ReadAllAsync(new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        );
        Assert.Equal(
            bytes,
            await ReadAllAsync(new GZipStream(await gzip.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        );
        Assert.Equal(HttpStatusCode.NotModified, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, byTime.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.All([brotli, gzip, head], response =>
            Assert.Equal(plain.Content.Headers.ContentType, response.Content.Headers.ContentType)
        );
    }

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.All), MemberType = typeof(EveryPageKindBlog))]
    public async Task While_it_is_fresh_every_page_is_served_before_routing(string address)
    {
        using var routed = await fixture.Blog.GetAsync(address);
        var context = new DefaultHttpContext
        {
            Request = { Method = "GET", Path = Uri.UnescapeDataString(address) },
            Response = { Body = new MemoryStream() },
        };

        await fixture
            .Blog.Get<HotPageMiddleware>()
            .InvokeAsync(context, _ => throw new InvalidOperationException($"{address} is not held."));

        Assert.Equal(routed.Content.Headers.ContentType!.ToString(), context.Response.ContentType);
        Assert.Equal(routed.Headers.ETag!.Tag, context.Response.Headers.ETag);
        Assert.Equal(await routed.Content.ReadAsByteArrayAsync(), ((MemoryStream)context.Response.Body).ToArray());
    }

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.RedirectsAndErrors), MemberType = typeof(EveryPageKindBlog))]
    [InlineData("/moderate/not-a-token")]
    public async Task Redirects_and_errors_have_the_same_headers_for_HEAD(string address)
    {
        using var get = await fixture.Blog.GetAsync(address);
        using var head = await fixture.Blog.GetAsync(address, method: "HEAD");

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.Location, head.Headers.Location);
        Assert.Equal(get.Content.Headers.ContentLength ?? 0, head.Content.Headers.ContentLength ?? 0);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Null(get.Headers.ETag);
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

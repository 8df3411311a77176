using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Web;

/// <summary>What every kind of page does alike.</summary>
public sealed class EveryAnswerTests(EveryPageKindBlog every) : IClassFixture<EveryPageKindBlog>
{
    [Theory]
    [MemberData(nameof(EveryPageKindBlog.All), MemberType = typeof(EveryPageKindBlog))]
    [InlineData("/style.css")]
    [InlineData("/blog.js")]
    public async Task It_is_compressed_not_sent_again_to_who_has_it_and_the_same_for_HEAD(string address)
    {
        using var plain = await every.Blog.GetAsync(address);
        using var brotli = await every.Blog.GetAsync(address, request => request.Headers.AcceptEncoding.ParseAdd("br"));
        using var gzip = await every.Blog.GetAsync(address, request => request.Headers.AcceptEncoding.ParseAdd("gzip"));
        using var byTag = await every.Blog.GetAsync(address, request =>
            request.Headers.IfNoneMatch.Add(plain.Headers.ETag!)
        );
        using var byTime = await every.Blog.GetAsync(address, request =>
            request.Headers.IfModifiedSince = plain.Content.Headers.LastModified!.Value
        );
        using var head = await every.Blog.GetAsync(address, method: "HEAD");

        var bytes = await plain.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal(
            bytes,
            await AllAsync(new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        );
        Assert.Equal(
            bytes,
            await AllAsync(new GZipStream(await gzip.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        );
        Assert.Equal(HttpStatusCode.NotModified, byTag.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, byTime.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.All([brotli, gzip, head], answer =>
            Assert.Equal(plain.Content.Headers.ContentType, answer.Content.Headers.ContentType)
        );
    }

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.All), MemberType = typeof(EveryPageKindBlog))]
    public async Task While_it_is_fresh_it_is_answered_before_routing(string address)
    {
        using var routed = await every.Blog.GetAsync(address);
        var warm = new DefaultHttpContext
        {
            Request = { Method = "GET", Path = Uri.UnescapeDataString(address) },
            Response = { Body = new MemoryStream() },
        };

        await every
            .Blog.Get<HotPageMiddleware>()
            .InvokeAsync(warm, _ => throw new InvalidOperationException($"{address} is not held."));

        Assert.Equal(routed.Content.Headers.ContentType!.ToString(), warm.Response.ContentType);
        Assert.Equal(routed.Headers.ETag!.Tag, warm.Response.Headers.ETag);
        Assert.Equal(await routed.Content.ReadAsByteArrayAsync(), ((MemoryStream)warm.Response.Body).ToArray());
    }

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.None), MemberType = typeof(EveryPageKindBlog))]
    [InlineData("/moderate/not-a-token")]
    public async Task What_is_not_there_says_the_same_to_HEAD(string address)
    {
        using var get = await every.Blog.GetAsync(address);
        using var head = await every.Blog.GetAsync(address, method: "HEAD");

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Headers.Location, head.Headers.Location);
        Assert.Equal(get.Content.Headers.ContentLength ?? 0, head.Content.Headers.ContentLength ?? 0);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Null(get.Headers.ETag);
    }

    private static async Task<byte[]> AllAsync(Stream stream)
    {
        await using (stream)
        {
            using var all = new MemoryStream();
            await stream.CopyToAsync(all);
            return all.ToArray();
        }
    }
}

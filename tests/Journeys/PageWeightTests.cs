using AngleSharp.Html.Parser;
using Xunit.Abstractions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The number of bytes that a browser transfers for a page.</summary>
[Collection(nameof(ShowcaseBlog))]
[Trait("Category", "Slow")]
public sealed class PageWeightTests(ShowcaseBlog showcase, ITestOutputHelper output)
{
    private const int MaxBytes = 30 * 1024;

    [Fact]
    public async Task A_post_with_one_picture_is_at_most_30_KiB_without_it_and_loads_from_one_origin()
    {
        var post = await ReadAsync(ShowcaseBlog.FullPost);
        var page = await new HtmlParser().ParseDocumentAsync(await showcase.Blog.ReadAsync(ShowcaseBlog.FullPost));
        Assert.Single(page.QuerySelectorAll("main img"));

        var parts = page.QuerySelectorAll("link[rel=stylesheet], script[src]")
            .Select(part => part.GetAttribute("href") ?? part.GetAttribute("src")!)
            .ToList();
        var weights = await Task.WhenAll(parts.Select(ReadAsync));

        output.WriteLine(
            $"{post} bytes of HTML; {string.Join(", ", parts.Zip(weights, (part, weight) => $"{weight} of {part}"))}"
        );
        Assert.Contains(parts, address => address.StartsWith("/style.css", StringComparison.Ordinal));
        Assert.Contains(parts, address => address.StartsWith("/blog.js", StringComparison.Ordinal));
        Assert.InRange(post + weights.Sum(), 1, MaxBytes);
        Assert.All(
            page.QuerySelectorAll("[src], link:not([rel=canonical])")
                .Select(part => part.GetAttribute("href") ?? part.GetAttribute("src")!),
            address => Assert.Matches("^(/[^/]|data:)", address)
        );
    }

    /// <summary>Gets the size of a response's body in bytes as it is sent, with Brotli compression.</summary>
    private async Task<int> ReadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br");
        using var response = await showcase.Blog.Http.SendAsync(request);
        Assert.Equal(["br"], response.EnsureSuccessStatusCode().Content.Headers.ContentEncoding);
        return (await response.Content.ReadAsByteArrayAsync()).Length;
    }
}

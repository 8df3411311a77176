using AngleSharp.Html.Parser;
using Xunit.Abstractions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What a reader's line carries for a page.</summary>
[Collection(nameof(ShowcaseBlog))]
public sealed class PageWeightTests(ShowcaseBlog showcase, ITestOutputHelper output)
{
    private const int Most = 30 * 1024;

    [Fact]
    public async Task A_post_with_one_picture_is_at_most_30_KB_without_it_and_comes_from_one_place()
    {
        var post = await ReadAsync(ShowcaseBlog.FullPost);
        var page = await new HtmlParser().ParseDocumentAsync(await showcase.Blog.ReadAsync(ShowcaseBlog.FullPost));
        Assert.Single(page.QuerySelectorAll("img"));

        var parts = page.QuerySelectorAll("link[rel=stylesheet], script[src]")
            .Select(part => part.GetAttribute("href") ?? part.GetAttribute("src")!)
            .ToList();
        var weights = await Task.WhenAll(parts.Select(ReadAsync));

        output.WriteLine(
            $"{post} bytes of HTML; {string.Join(", ", parts.Zip(weights, (part, weight) => $"{weight} of {part}"))}"
        );
        Assert.Contains(parts, address => address.StartsWith("/style.css", StringComparison.Ordinal));
        Assert.Contains(parts, address => address.StartsWith("/blog.js", StringComparison.Ordinal));
        Assert.InRange(post + weights.Sum(), 1, Most);
        Assert.All(
            page.QuerySelectorAll("[src], link:not([rel=canonical])")
                .Select(part => part.GetAttribute("href") ?? part.GetAttribute("src")!),
            address => Assert.Matches("^(/[^/]|data:)", address)
        );
    }

    /// <summary>The number of bytes of an answer as a browser is sent it.</summary>
    private async Task<int> ReadAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br");
        using var answer = await showcase.Blog.Http.SendAsync(request);
        Assert.Equal(["br"], answer.EnsureSuccessStatusCode().Content.Headers.ContentEncoding);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }
}

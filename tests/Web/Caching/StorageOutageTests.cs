using System.Net;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>
/// Without the page cache, pages are rendered; without storage, the last page is served (DESIGN, section 4).
/// </summary>
public sealed class StorageOutageTests
{
    [Theory]
    [InlineData("/posts/outage")]
    [InlineData("/")]
    [InlineData("/feed.xml")]
    public async Task Without_storage_the_last_page_is_served_with_a_Warning_header(string path)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        await blog.PublishAsync("outage", body: "Still here.");
        await blog.ReadAsync(path);

        blog.Calls.ShouldFail = _ => true;
        clock.Advance(TimeSpan.FromMinutes(10));
        using var stale = await blog.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        Assert.Contains("Still here.", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            "110",
            stale.Headers.Warning.Single().Code.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

        blog.Calls.ShouldFail = _ => false;
        using var fresh = await blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Empty(fresh.Headers.Warning);
    }

    [Fact]
    public async Task Without_storage_an_unknown_page_is_an_error_page_that_says_when_to_try_again()
    {
        await using var blog = await TestBlog.StartAsync();
        blog.Calls.ShouldFail = _ => true;

        using var response = await blog.Http.GetAsync(new Uri("/posts/unseen", UriKind.Relative));

        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("10", response.Headers.RetryAfter?.ToString());
        Assert.DoesNotContain("simulated", page, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Without_the_page_cache_pages_are_rendered()
    {
        await using var blog = await TestBlog.StartAsync();
        blog.Calls.ShouldFail = call => call.Contains(" /pages/", StringComparison.Ordinal);
        await blog.PublishAsync("uncached", body: "Rendered anyway.");

        Assert.Contains("Rendered anyway.", await blog.ReadAsync("/posts/uncached"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_cached_page_is_rendered_again()
    {
        await using var writer = await TestBlog.StartAsync();
        await writer.PublishAsync("broken", body: "Whole.");
        await writer.ReadAsync("/posts/broken");
        var pages = new Azure.Storage.Blobs.BlobContainerClient(writer.Connection, "pages");
        await foreach (var blob in pages.GetBlobsAsync())
        {
            await pages.GetBlobClient(blob.Name).UploadAsync(BinaryData.FromString("half"), overwrite: true);
        }

        await using var reader = await TestBlog.StartAsync(connection: writer.Connection);

        Assert.Contains("Whole.", await reader.ReadAsync("/posts/broken"), StringComparison.Ordinal);
    }
}

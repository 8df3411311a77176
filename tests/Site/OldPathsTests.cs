using System.Net;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>Addresses of other blog engines; the feeds are case D03, and see CanonicalUrlTests.</summary>
public sealed class OldPathsTests : IAsyncLifetime
{
    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync();

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task D03_every_usual_address_of_a_feed_leads_to_the_feed()
    {
        await _blog.PublishAsync("any");
        var addresses = TextCase.Find("D03")["GET ".Length..].Split(", ");

        Assert.Equal(6, addresses.Length);
        foreach (var address in addresses)
        {
            using var response = await _blog.GetAsync(address);
            var isFeed = address is "/atom.xml" or "/feed.json";
            Assert.Equal(isFeed ? null : "/feed.xml", response.Headers.Location?.OriginalString);
            Assert.Equal(isFeed ? HttpStatusCode.OK : HttpStatusCode.MovedPermanently, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/tag/Travel/", "/tags/travel")]
    [InlineData("/category/notes/Travel", "/tags/travel")]
    [InlineData("/categories/travel/", "/tags/travel")]
    [InlineData("/category/travel/feed/", "/tags/travel/feed.xml")]
    [InlineData("/tags/travel/index.xml", "/tags/travel/feed.xml")]
    public async Task Addresses_of_tags_and_categories_and_their_feeds_lead_to_the_tags(string old, string address)
    {
        await _blog.WriteAsync("mine", "date: 2026-01-02\ntags: [Travel]");

        using var response = await _blog.GetAsync(old);

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal(address, response.Headers.Location!.OriginalString);
        Assert.Equal(200, await _blog.StatusAsync(address));
    }

    [Theory]
    [InlineData("/tags/travel/page/1/feed.xml")]
    [InlineData("/category/travel/page/2/")]
    [InlineData("/tag/a/b")]
    [InlineData("/category")]
    public async Task Pages_of_lists_and_other_paths_are_no_tags(string path) =>
        Assert.Equal(404, await _blog.StatusAsync(path));

    [Fact]
    public async Task A_post_may_have_such_an_address_itself()
    {
        await _blog.WriteAsync("mine", "date: 2026-01-02\nurl: /rss\naliases: [/feed]");

        Assert.Equal(200, await _blog.StatusAsync("/rss"));
        using var alias = await _blog.GetAsync("/feed");
        Assert.Equal("/rss", alias.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("assets/images/a.png", "/assets/images/a.png")]
    [InlineData("wp-content/uploads/2019/03/Ku\u0308ste.jpg", "/wp-content/uploads/2019/03/K%C3%BCste.jpg")]
    public async Task The_old_address_of_a_picture_leads_to_the_media_file_of_the_same_path(string file, string address)
    {
        await _blog.UploadAsync(file, TestPictures.Photo(4, 3));

        using var response = await _blog.GetAsync(address);

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.StartsWith("/media/", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(200, await _blog.StatusAsync(response.Headers.Location.OriginalString));
        Assert.Equal(404, await _blog.StatusAsync(address.Replace("a.png", "b.png").Replace("2019", "2020")));
    }

    [Fact]
    public async Task A_picture_beside_a_post_and_a_path_that_names_no_picture_cost_no_look_into_media()
    {
        await _blog.PublishAsync("any");
        _blog.Calls.Clear();

        Assert.Equal(404, await _blog.StatusAsync("/posts/none.png"));
        Assert.Equal(404, await _blog.StatusAsync("/2009/old.php"));
        Assert.Equal(404, await _blog.StatusAsync("/2009/old.html"));

        var ofMedia = _blog.Calls.Recorded.Where(call => call.Contains(" /media/", StringComparison.Ordinal));
        Assert.DoesNotContain(ofMedia, call => !call.Contains("/media/theme/", StringComparison.Ordinal));
    }
}

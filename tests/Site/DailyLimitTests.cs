using System.Net;
using System.Net.Http.Headers;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Site;

/// <summary>What strangers can make dear is bounded: downloads of files, and comments.</summary>
public sealed class DailyLimitTests
{
    [Fact]
    public async Task One_address_downloads_a_tenth_of_the_days_gigabytes_and_reads_pages_still()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:MediaGigabytesPerDay"] = "1" });
        await blog.PublishAsync("page");
        await blog.UploadAsync("film.mp4", new byte[60_000_000]);

        using var first = await blog.Http.GetAsync("/media/film.mp4", HttpCompletionOption.ResponseHeadersRead);
        using var second = await blog.Http.GetAsync("/media/film.mp4", HttpCompletionOption.ResponseHeadersRead);
        using var part = await SendAsync(blog, new RangeHeaderValue(0, 999));
        using var page = await blog.Http.GetAsync("/posts/page");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Contains("No more files today", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task The_blog_takes_so_many_comments_a_day_and_the_text_stays_in_the_form()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:MaxPerDay"] = "2" });
        var post = await blog.PublishAsync("popular");

        using var first = await blog.CommentAsync(post, "One.");
        using var second = await blog.CommentAsync(post, "Two.");
        using var again = await blog.CommentAsync(post, "Two.");
        using var third = await blog.CommentAsync(post, "Three, which is too many.");

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, second.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        var page = await third.Content.ReadAsStringAsync();
        Assert.Contains("takes no more comments today", page, StringComparison.Ordinal);
        Assert.Contains("Three, which is too many.", page, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(TestBlog blog, RangeHeaderValue range) =>
        blog.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/media/film.mp4") { Headers = { Range = range } },
            HttpCompletionOption.ResponseHeadersRead
        );
}

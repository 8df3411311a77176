using System.Net;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>A shared cache (nginx) whose origin has died.</summary>
[Trait("Category", "Slow")]
public sealed class DeadHandlerTests(CachedBlog fixture) : IClassFixture<CachedBlog>
{
    [Fact]
    public async Task Pages_are_answered_for_the_time_of_stale_if_error_and_private_ones_are_not()
    {
        var readers = fixture.Readers;
        await fixture.Author.PublishAsync("kept");
        var before = await TestBlog.WaitUntilAsync(
            () => readers.ReadAsync("/posts/kept"),
            page => page.Contains("Some text.", StringComparison.Ordinal),
            "the post"
        );
        var feed = await readers.ReadAsync("/feed.xml");
        await readers.ReadAsync("/moderate");
        await readers.ReadAsync("/nowhere");

        fixture.Handler.Run.Kill();
        await fixture.Handler.Run.ExitAsync(CancellationToken.None);
        var (kept, _) = await TestBlog.WaitUntilAsync(
            () => readers.GetAsync("/posts/kept"),
            reader => reader.Cache == "STALE",
            "a request after the time of stale-while-revalidate"
        );
        await TestBlog.WaitUntilAsync(
            () => readers.GetAsync("/nowhere"),
            reader => reader.Response.StatusCode == HttpStatusCode.BadGateway,
            "a request after the time of a 404"
        );

        Assert.Equal((HttpStatusCode.OK, before), (kept.StatusCode, await kept.Content.ReadAsStringAsync()));
        Assert.Equal(feed, await readers.ReadAsync("/feed.xml"));
        Assert.Equal(HttpStatusCode.BadGateway, (await readers.GetAsync("/moderate")).Response.StatusCode);
    }
}

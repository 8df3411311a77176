using System.Net;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

public sealed class ReaderTests
{
    [Fact]
    public async Task A_published_post_is_on_its_page_and_on_the_home_page()
    {
        await using var blog = await TestBlog.StartAsync();

        await blog.PublishAsync("hello", "Hello & goodbye", "Some *emphasis*.");

        Assert.Contains("Some <em>emphasis</em>.", await blog.ReadAsync("/posts/hello"), StringComparison.Ordinal);
        Assert.Contains(
            """ href="/posts/hello">Hello &amp; goodbye</a>""",
            await blog.ReadAsync("/"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unknown_address_is_a_friendly_404()
    {
        await using var blog = await TestBlog.StartAsync();

        var response = await blog.Http.GetAsync(new Uri("/no/such/page", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Nothing here", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

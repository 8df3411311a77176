using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>The feed opened in a browser. Saves pictures to tests/TestResults/screenshots.</summary>
[Trait("Category", "Slow")]
public sealed class FeedInBrowserTests
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task It_shows_as_a_page_with_the_titles_of_the_posts_and_without_their_markup(int width)
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Title"] = "Grace writes" });
        await blog.WriteAsync("first", "date: 2026-01-01\ntags: [One, Two]", "Hidden *markup*.");
        await blog.WriteAsync("مرحبا", "date: 2026-01-02\nlang: ar\nsummary: مرحبا بالعالم، هذا نص قصير.");
        await blog.WriteAsync("long", $"date: 2026-01-03\nsummary: A short summary. {new string('x', 200)}");
        await using var context = await Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
        var page = await context.NewPageAsync();

        await page.GotoAsync(new Uri(blog.Address, "/feed.xml").ToString());

        Assert.Equal("Grace writes", await page.Locator("channel > title").TextContentAsync());
        Assert.Equal(3, await page.Locator("item > title:visible").CountAsync());
        Assert.Equal(0, await page.Locator(":is(encoded, guid, language, category):visible").CountAsync());
        Assert.Equal(
            "block",
            await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('item')).display")
        );
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(RepositoryRoot.Find(), "tests", "TestResults", "screenshots", $"feed.{width}.png"),
            }
        );
    }
}

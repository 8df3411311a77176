using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The sample posts in a browser without scripts and style sheets.</summary>
[Collection(nameof(ShowcaseBlog))]
[Trait("Category", "Slow")]
public sealed class ReaderInBrowserTests(ShowcaseBlog showcase)
{
    [Fact]
    public async Task A_post_is_readable_without_scripts_and_styles()
    {
        await using var context = await Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/style.css*", route => route.AbortAsync());

        await page.GotoAsync(new Uri(showcase.Blog.Address, "/posts/welcome").ToString());

        Assert.Equal("Welcome", await page.Locator("article h1").InnerTextAsync());
        Assert.Equal(
            "Home » Blog » Welcome",
            (await page.Locator("nav[aria-label=Breadcrumb]").InnerTextAsync()).Replace('\u00a0', ' ')
        );
        Assert.Equal("No comments yet", await page.Locator("#comments > h2").InnerTextAsync());
        Assert.Equal(
            ["Name", "E-mail", "Website (optional)", "Comment", "Leave this empty"],
            (await page.Locator("#leave-a-comment label").AllInnerTextsAsync()).Select(label => label.Trim())
        );
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).IsVisibleAsync());
    }
}

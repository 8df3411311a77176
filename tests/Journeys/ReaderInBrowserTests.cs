using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What readers do in a browser, with and without scripts.</summary>
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
            ["Name", "E-mail", "Website (optional)", "Comment", "Leave this empty", "Mail me when somebody replies"],
            (await page.Locator("#leave-a-comment label").AllInnerTextsAsync()).Select(label => label.Trim())
        );
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).IsVisibleAsync());
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task The_text_of_a_post_with_picture_series_and_contents_begins_on_the_first_screen(
        int width,
        int height
    )
    {
        await using var context = await Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
            }
        );
        var page = await context.NewPageAsync();

        await page.GotoAsync(new Uri(showcase.Blog.Address, ShowcaseBlog.FullPost).ToString());

        Assert.Equal(2, await page.Locator(".fold").CountAsync());
        var text = (await page.Locator(".prose > p").First.BoundingBoxAsync())!;
        Assert.InRange(text.Y, 1, height - 30);
    }

    [Fact]
    public async Task A_year_of_the_archive_unfolds_without_scripts()
    {
        await using var context = await Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(showcase.Blog.Address, "/archive").ToString());
        var old = page.Locator("a[href='/posts/old']");

        Assert.False(await old.IsVisibleAsync());
        await page.GetByText("2019", new() { Exact = true }).ClickAsync();

        await old.ClickAsync();
        await page.WaitForURLAsync("**/posts/old");
    }

    [Fact]
    public async Task The_address_of_a_post_is_copied_and_shared()
    {
        await using var context = await Browser.NewContextAsync(
            new() { Permissions = ["clipboard-read", "clipboard-write"] }
        );
        await context.AddInitScriptAsync("navigator.share = async (data) => { window.shared = data }");
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(showcase.Blog.Address, "/posts/old?utm_source=x").ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copied" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();

        Assert.Equal("http://blog.test/posts/old", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal("http://blog.test/posts/old", await page.EvaluateAsync<string>("window.shared.url"));
    }
}

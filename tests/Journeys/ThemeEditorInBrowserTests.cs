using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What an author changes about the blog itself, in a browser with and without scripts.</summary>
[Trait("Category", "Slow")]
public sealed class ThemeEditorInBrowserTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task A_tagline_is_written_in_its_field_and_shown_on_the_home_page(bool hasScript, int width)
    {
        await using var context = await blog.NewContextAsync(width, hasScript);
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/moderate/comments/held"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Site", Exact = true }).ClickAsync();
        await page.GetByLabel("Tagline").FillAsync($"Seen at {width}");
        await page.GetByLabel("Posts on a page").FillAsync("500");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("write a number from 1 to 50");
        await Expect(page.GetByLabel("Tagline")).ToHaveValueAsync($"Seen at {width}");

        await page.GetByLabel("Posts on a page").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved, and in use.");

        await blog.Blog.ReadUntilAsync("/", home => home.Contains($"Seen at {width}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task A_colour_is_seen_in_the_preview_before_readers_see_it(bool hasScript, int width)
    {
        await blog.Blog.PublishAsync($"coloured-{width}", "A coloured post");
        await using var context = await blog.NewContextAsync(width, hasScript);
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/moderate/comments/held"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Theme", Exact = true }).ClickAsync();
        await page.GetByLabel("theme/theme.css").FillAsync($"article h1 {{ color: rgb({width % 256}, 2, 3); }}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();

        var previewed = page.FrameLocator("iframe[title='The newest post']").Locator("article h1");
        await Expect(previewed).ToHaveCSSAsync("color", $"rgb({width % 256}, 2, 3)");
        Assert.DoesNotContain("article h1 {", await blog.Blog.ReadAsync("/style.css"), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved, and in use.");
        await page.GotoAsync(AddressOf($"/posts/coloured-{width}"));
        await Expect(page.Locator("article h1")).ToHaveCSSAsync("color", $"rgb({width % 256}, 2, 3)");
        await blog.Blog.DeleteAsync("theme/theme.css", "media");
    }

    private string AddressOf(string path) => new Uri(blog.Blog.Address, path).ToString();
}

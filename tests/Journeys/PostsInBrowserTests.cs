using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What an author does with posts that are there, in a browser with and without scripts.</summary>
[Trait("Category", "Slow")]
public sealed class PostsInBrowserTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task A_post_is_found_restored_renamed_deleted_and_brought_back(bool hasScript, int width)
    {
        var name = $"walk-{width}";
        await blog.Blog.PublishAsync(name, $"First walk of {width}");
        await blog.Blog.PublishAsync(name, $"Second walk of {width}");
        await using var context = await blog.NewContextAsync(width, hasScript);
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/moderate/posts/all"));

        await page.GetByLabel("Search the posts and their file names").FillAsync($"WALK {width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        var found = page.GetByRole(AriaRole.Link, new() { Name = $"Second walk of {width}" });
        await TestBlog.WaitUntilAsync(
            async () =>
            {
                await page.ReloadAsync(); // the index has the post some seconds later
                return await found.CountAsync();
            },
            count => count == 1,
            "the post in the index"
        );
        await found.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore the version of" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"First walk of {width}");

        await page.GetByLabel("New name").FillAsync($"stroll-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Renamed.");
        await Expect(page.Locator(".post-file")).ToHaveTextAsync($"stroll-{width}.md");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Deleted. It can be brought back.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring it back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Restored.");

        await page.GotoAsync(AddressOf($"/posts/{name}"));
        Assert.EndsWith($"/posts/stroll-{width}", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("h1")).ToHaveTextAsync($"First walk of {width}");
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 390)]
    public async Task A_draft_is_shown_to_a_friend_who_is_not_signed_in(bool hasScript, int width)
    {
        var name = $"draft-{width}";
        await blog.Blog.UploadAsync($"{name}.md", $"---\ntitle: Draft of {width}\ndraft: true\n---\nSecret words.\n");
        await using var context = await blog.NewContextAsync(width, hasScript);
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/moderate/posts/all?state=draft"));
        await page.GetByRole(AriaRole.Link, new() { Name = $"Draft of {width}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a link" }).ClickAsync();
        var link = new Uri((await page.Locator(".preview-address").InnerTextAsync()).Trim());

        await using var friend = await Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = width, Height = 844 },
            }
        );
        var shown = await friend.NewPageAsync();
        await shown.GotoAsync(AddressOf(link.AbsolutePath));
        await Expect(shown.Locator("article .prose")).ToContainTextAsync("Secret words.");
        if (hasScript)
        {
            await Axe.LoadAsync(shown);
            Assert.Empty(await Axe.FindViolationsAsync(shown));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all links" }).ClickAsync();
        await shown.ReloadAsync();
        await Expect(shown.Locator("h1")).ToHaveTextAsync("Nothing here");
    }

    private string AddressOf(string path) => new Uri(blog.Blog.Address, path).ToString();
}

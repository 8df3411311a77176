using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>A whole conversation, as people have it: with scripts and without.</summary>
public sealed class ConversationInBrowserTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private readonly TestBlog _blog = open.Blog;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task From_the_first_word_to_the_last(bool hasScript)
    {
        var slug = $"talk-{hasScript}".ToLowerInvariant();
        await _blog.PublishAsync(slug);
        await using var window = await Browser.NewContextAsync(
            new() { JavaScriptEnabled = hasScript, BaseURL = _blog.Address.ToString() }
        );
        var page = await window.NewPageAsync();

        // write, preview, send
        await page.GotoAsync($"/posts/{slug}");
        await WriteAsync(page, "Ada", "I **begin**.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator("div.preview[role=status] .prose strong")).ToHaveTextAsync("begin");
        await Expect(page.Locator("#your-name")).ToHaveValueAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await Expect(page.Locator("#receipt")).ToContainTextAsync("I begin.");
        await ShownAsync(slug, "1 comment<");

        // answer
        await page.GotoAsync($"/posts/{slug}");
        if (hasScript)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 1" }).ClickAsync();
            await Expect(page.Locator("#your-comment")).ToBeFocusedAsync();
            await Expect(page.Locator("#your-comment"))
                .ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Replying to Ada$"));
            await Expect(page.GetByLabel("In reply to comment no.")).ToHaveValueAsync("1");
        }
        else
        {
            await page.GetByLabel("In reply to comment no.").FillAsync("#1");
        }

        await WriteAsync(page, "Grace", "I answre.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await ShownAsync(slug, "2 comments<");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change it, or withdraw it" }).ClickAsync();

        // change
        await page.GetByLabel("Your text").FillAsync("I answer.");
        var changed = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Change the text" }).ClickAsync(),
            answer => answer.Request.RedirectedFrom is not null
        );
        await changed.FinishedAsync(); // a reload before that would load the page that sent the form
        await ShownAsync(slug, "I answer.");
        await page.ReloadAsync();
        await Expect(page.Locator(".receipt .prose")).ToHaveTextAsync("I answer.");
        var own = page.Url;
        await page.GotoAsync($"/posts/{slug}");
        await Expect(page.Locator("#comment-1 + .comment-list #comment-2 .prose")).ToHaveTextAsync("I answer.");

        // take back, erase
        await page.GotoAsync(own);
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("withdrawn by its writer");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase it" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing is left of it.");
        Assert.DoesNotContain("answer.", await ShownAsync(slug, "1 comment<"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_script_the_form_shows_what_is_written_knows_its_age_and_remembers_who_wants_it()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:FormSeconds"] = "1" });
        var post = await blog.PublishAsync("live");
        await using var window = await Browser.NewContextAsync(new() { BaseURL = blog.Address.ToString() });
        var page = await window.NewPageAsync();
        await page.GotoAsync("/posts/live");

        await WriteAsync(page, "Grace", "**Seen** before it is <img src=x onerror=alert(1)>sent.");
        await Expect(page.Locator(".field .preview strong")).ToHaveTextAsync("Seen");
        await Expect(page.Locator(".field .preview img")).ToHaveCountAsync(0);
        await page.GetByLabel("Remember me in this browser").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await Expect(page.Locator("#receipt")).ToBeVisibleAsync();
        await page.GotoAsync("/posts/live");
        await Expect(page.Locator("#your-name")).ToHaveValueAsync("Grace");
        await page.GetByLabel("Remember me in this browser").UncheckAsync();
        await WriteAsync(page, "Grace", "Forget me.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await page.GotoAsync("/posts/live");

        await Expect(page.Locator("#your-name")).ToHaveValueAsync("");
        Assert.Empty(await window.CookiesAsync());
        var table = blog.Get<CommentTable>();
        var id = CommentId.Create(await table.IdKeyAsync(default), post, "grace@example.com", "Grace", "Forget me.");
        Assert.NotNull((await table.FindAsync(new CommentKey(post, id), default))!.Value.WritingSeconds); // it had a token
    }

    private static async Task WriteAsync(IPage page, string name, string text)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("E-mail").FillAsync($"{name.ToLowerInvariant()}@example.com");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync(text);
    }

    private Task<string> ShownAsync(string slug, string words) =>
        _blog.ReadUntilAsync($"/posts/{slug}", html => html.Contains(words, StringComparison.Ordinal));
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>A complete conversation in a browser, with scripts and without.</summary>
[Trait("Category", "Slow")]
public sealed partial class ConversationInBrowserTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    /// <summary>A comment whose preview is taller than the buttons and higher than a window.</summary>
    private static readonly string TallText =
        "**Tall**" + string.Concat(Enumerable.Repeat("\n\nAnother paragraph.", 30));

    private readonly TestBlog _blog = open.Blog;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comment_and_a_reply_are_written_previewed_changed_withdrawn_and_erased(bool hasScript)
    {
        var slug = $"talk-{hasScript}".ToLowerInvariant();
        await _blog.PublishAsync(slug);
        await using var context = await Browser.NewContextAsync(
            new() { JavaScriptEnabled = hasScript, BaseURL = _blog.Address.ToString() }
        );
        var page = await context.NewPageAsync();

        // Write, preview and send a comment.
        await page.GotoAsync($"/posts/{slug}");
        await FillFormAsync(page, "Ada", "I **begin**.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.Locator("div.preview[role=status] .prose strong")).ToHaveTextAsync("begin");
        await Expect(page.Locator("#your-name")).ToHaveValueAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await Expect(page.Locator("#receipt")).ToContainTextAsync("Your comment is on the page.");
        await Expect(page.Locator("#comment-1 .prose")).ToHaveTextAsync("I begin.");

        // Reply to it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Reply to comment 1" }).ClickAsync();
        await Expect(page.Locator(".replying")).ToContainTextAsync("Replying to Ada");
        await FillFormAsync(page, "Grace", "I answre.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await Expect(page.Locator("#comment-1 + .comment-list #comment-2 .prose")).ToHaveTextAsync("I answre.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change it, or withdraw it" }).ClickAsync();

        // Change the reply's text.
        await page.GetByLabel("Your text").FillAsync("I answer.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the text" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(Saved());
        await Expect(page.GetByLabel("Your text")).ToHaveValueAsync("I answer.");
        var own = page.Url;
        await WaitForTextAsync(slug, "I answer.");
        await page.GotoAsync($"/posts/{slug}");
        await Expect(page.Locator("#comment-1 + .comment-list #comment-2 .prose")).ToHaveTextAsync("I answer.");

        // Withdraw it. Erase it, not before a question.
        await page.GotoAsync(own);
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Withdrawn. Readers no longer see it.");
        await Expect(page.Locator(".facts")).ToContainTextAsync("withdrawn by its writer");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase it…" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Keep it" }).ClickAsync();
        await Expect(page.Locator(".own-text")).ToHaveTextAsync("I answer.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase it…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase it", Exact = true }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing is left of it.");
        Assert.DoesNotContain("answer.", await WaitForTextAsync(slug, "1 comment<"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_scripts_the_form_has_a_live_preview_a_token_and_remembers_the_commenter_on_request()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:FormSeconds"] = "1" });
        var post = await blog.PublishAsync("live");
        await using var context = await Browser.NewContextAsync(new() { BaseURL = blog.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/posts/live");

        await FillFormAsync(page, "Grace", "**Seen** before it is <img src=x onerror=alert(1)>sent.");
        await Expect(page.Locator(".buttons + .preview strong")).ToHaveTextAsync("Seen");
        await Expect(page.Locator(".buttons + .preview img")).ToHaveCountAsync(0);
        await page.GetByLabel("Remember me in this browser").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await Expect(page.Locator("#receipt")).ToBeVisibleAsync();
        await page.GotoAsync("/posts/live");
        await Expect(page.Locator("#your-name")).ToHaveValueAsync("Grace");
        await page.GetByLabel("Remember me in this browser").UncheckAsync();
        await FillFormAsync(page, "Grace", "Forget me.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
        await page.GotoAsync("/posts/live");

        await Expect(page.Locator("#your-name")).ToHaveValueAsync("");
        Assert.Empty(await context.CookiesAsync());
        var table = blog.Get<CommentTable>();
        var id = CommentId.Create(await table.GetIdKeyAsync(default), post, "grace@example.com", "Grace", "Forget me.");
        // Set only when the form had a valid token.
        Assert.NotNull((await table.FindAsync(new CommentKey(post, id), default))!.Value.WritingSeconds);
    }

    [Theory]
    [InlineData("Send comment", "#receipt")]
    [InlineData("Preview", "div.preview[role=status]")]
    public async Task A_button_is_pressed_even_when_the_live_preview_comes_between_pointer_down_and_up(
        string name,
        string expected
    )
    {
        var slug = $"pressed-{name.Split(' ')[0]}".ToLowerInvariant();
        var (page, context, response) = await OpenWithHeldPreviewAsync(slug);
        await using var _ = context;
        await FillFormAsync(page, "Grace", TallText);
        await response.Asked.Task;
        await page.GetByRole(AriaRole.Button, new() { Name = name }).HoverAsync();

        await page.Mouse.DownAsync();
        response.Release.SetResult();
        await Expect(page.Locator(".comment-form .preview strong")).ToHaveTextAsync("Tall");
        await page.Mouse.UpAsync();

        await Expect(page.Locator(expected)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_live_preview_that_becomes_shorter_moves_no_button_at_the_end_of_the_page()
    {
        var (page, context, response) = await OpenWithHeldPreviewAsync("shorter");
        await using var _ = context;
        response.Release.SetResult();
        await FillFormAsync(page, "Grace", TallText);
        var preview = page.Locator(".comment-form .preview");
        await Expect(preview.Locator("strong")).ToHaveTextAsync("Tall");
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Send comment" });
        var before = await button.BoundingBoxAsync();

        await page.GetByLabel("Comment", new() { Exact = true })
            .EvaluateAsync("field => { field.value = 'Short.'; field.dispatchEvent(new Event('input')) }");
        await Expect(preview).ToHaveTextAsync("Short.");

        Assert.Equal(before!.Y, (await button.BoundingBoxAsync())!.Y);
    }

    /// <summary>
    /// Opens a new post whose live previews wait until the test releases them.
    /// </summary>
    private async Task<(IPage Page, IBrowserContext Context, HeldResponse Preview)> OpenWithHeldPreviewAsync(
        string slug
    )
    {
        await _blog.PublishAsync(slug);
        var context = await Browser.NewContextAsync(new() { BaseURL = _blog.Address.ToString() });
        var page = await context.NewPageAsync();
        var response = new HeldResponse(new(), new());
        await page.RouteAsync("**/api/preview", async route =>
        {
            response.Asked.TrySetResult();
            await response.Release.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/posts/{slug}");
        return (page, context, response);
    }

    private static async Task FillFormAsync(IPage page, string name, string text)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("E-mail").FillAsync($"{name.ToLowerInvariant()}@example.com");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync(text);
    }

    private Task<string> WaitForTextAsync(string slug, string words) =>
        _blog.ReadUntilAsync($"/posts/{slug}", html => html.Contains(words, StringComparison.Ordinal));

    /// <summary>Matches what the page says once a change is saved: until when there may be another.</summary>
    [GeneratedRegex(@"^\s*Saved\. You can change it until \d+:\d\d [AP]M\.\s*$")]
    private static partial Regex Saved();

    /// <summary>A response that the browser waits for.</summary>
    /// <param name="Asked">Completes when the browser has requested it.</param>
    /// <param name="Release">To be completed for the response to come.</param>
    private sealed record HeldResponse(TaskCompletionSource Asked, TaskCompletionSource Release);
}

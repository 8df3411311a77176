using Microsoft.Playwright;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The admin area in a browser without scripts.</summary>
[Trait("Category", "Slow")]
public sealed class AdminInBrowserTests
{
    [Fact]
    public async Task A_moderator_signs_in_with_a_mailed_link_and_signs_out()
    {
        await using var blog = await TestBlog.StartAsync();
        await using var context = await Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();

        await SignInAsync(blog, page);
        await page.ReloadAsync();

        Assert.Contains("Signed in as Ada.", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        Assert.Equal("Sign in", await page.Locator("h1").InnerTextAsync());
        Assert.Empty(await context.CookiesAsync());
    }

    [Fact]
    public async Task A_moderator_approves_one_comment_marks_the_others_as_spam_and_undoes_that()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        var post = await blog.PublishAsync("judged");
        foreach (var text in new[] { "Fine words.", "Buy one!", "Buy two!" })
        {
            (await blog.CommentAsync(post, text)).Dispose();
        }

        await TestBlog.WaitUntilAsync(
            async () => await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            count => count == 0,
            "a decision on every comment"
        );
        await using var context = await Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await context.NewPageAsync();
        await SignInAsync(blog, page);

        await page.Locator("article", new() { HasText = "Fine words." })
            .GetByRole(AriaRole.Button, new() { Name = "Approve" })
            .ClickAsync();
        Assert.StartsWith("1 comment approved.", await page.Locator(".receipt").First.InnerTextAsync());
        Assert.Contains("Fine words.", await blog.ReadAsync("/posts/judged"), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Check all 2" }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "With the checked comments" })
            .GetByRole(AriaRole.Button, new() { Name = "Spam" })
            .ClickAsync();
        Assert.StartsWith("2 comments marked as spam.", await page.Locator(".receipt").First.InnerTextAsync());
        Assert.Contains(
            "No comment waits for a decision.",
            await page.Locator("main").InnerTextAsync(),
            StringComparison.Ordinal
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        Assert.Equal("2 comments put back to where they were.", await page.Locator(".receipt").First.InnerTextAsync());
        Assert.Equal(2, await page.Locator("article").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).First.ClickAsync();
        Assert.Equal("A comment", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(3, await page.Locator(".decision").CountAsync());
    }

    [Fact]
    public async Task A_moderator_replies_to_a_comment_corrects_it_and_changes_a_rule_after_a_dry_run()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:ModerationKeys"] = "turnip" });
        (await blog.CommentAsync(await blog.PublishAsync("written"), "Is a turnip a root?")).Dispose();
        await TestBlog.WaitUntilAsync(
            async () => await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            count => count == 0,
            "a decision on every comment"
        );
        await using var context = await Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await context.NewPageAsync();
        await SignInAsync(blog, page);

        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await page.GetByLabel("Your reply").FillAsync("It **is**.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and reply" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "the comment it replies to" }).ClickAsync();
        await page.GetByText("Correct the text").First.ClickAsync();
        await page.GetByLabel("What it is to say").FillAsync("Is a turnip a fruit?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct the text" }).ClickAsync();
        await blog.ReadUntilAsync("/posts/written", html =>
            html.Contains("Is a turnip a fruit?", StringComparison.Ordinal)
            && html.Contains("<strong>is</strong>", StringComparison.Ordinal)
        );

        await page.GetByRole(AriaRole.Link, new() { Name = "Rules" }).ClickAsync();
        await page.GetByLabel("Words that hold a comment").FillAsync("swede");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try them on the last 200 comments" }).ClickAsync();
        Assert.Contains(
            "Held → Approved",
            await page.Locator("section.receipt").InnerTextAsync(),
            StringComparison.Ordinal
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        Assert.Contains("Ada saved these on", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("swede", await page.GetByLabel("Words that hold a comment").InputValueAsync());
    }

    private static bool IsLink(MimeKit.MimeMessage mail) =>
        mail.Subject!.EndsWith("Sign in to moderate", StringComparison.Ordinal);

    /// <summary>Requests a sign-in link, opens it from the mail, and presses its button.</summary>
    private static async Task SignInAsync(TestBlog blog, IPage page)
    {
        await page.GotoAsync(new Uri(blog.Address, "/moderate").ToString());
        await page.GetByLabel("E-mail").FillAsync("ada@blog.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        Assert.Equal("Check your mail", await page.Locator("h1").InnerTextAsync());
        var mails = await TestBlog.WaitUntilAsync(
            () => blog.MailsAsync(),
            found => found.Any(IsLink),
            "the mail with the link"
        );
        var mail = mails.Single(IsLink);

        await page.GotoAsync(new Uri(blog.Address, AdminDriver.FindSignInLink(mail.TextBody!)).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        Assert.Equal("Held", await page.Locator("h1").InnerTextAsync());
    }
}

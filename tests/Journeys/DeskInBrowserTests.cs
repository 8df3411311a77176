using Microsoft.Playwright;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The desk in a browser that runs no scripts.</summary>
public sealed class DeskInBrowserTests
{
    [Fact]
    public async Task A_moderator_signs_in_by_the_link_of_a_mail_and_out_again()
    {
        await using var blog = await TestBlog.StartAsync();
        await using var window = await Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await window.NewPageAsync();

        await SignInAsync(blog, page);
        await page.ReloadAsync();

        Assert.Contains("Signed in as Ada.", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        Assert.Equal("Sign in", await page.Locator("h1").InnerTextAsync());
        Assert.Empty(await window.CookiesAsync());
    }

    /// <summary>Asks for a link, finds it in the mail, and presses the button.</summary>
    private static async Task SignInAsync(TestBlog blog, IPage page)
    {
        await page.GotoAsync(new Uri(blog.Address, "/moderate").ToString());
        await page.GetByLabel("E-mail").FillAsync("ada@blog.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).ClickAsync();
        Assert.Equal("Look into your mail", await page.Locator("h1").InnerTextAsync());
        var mail = (await blog.MailsAsync()).Single(found => found.Subject!.EndsWith("Sign in to moderate", StringComparison.Ordinal));

        await page.GotoAsync(new Uri(blog.Address, DeskVisit.LinkIn(mail.TextBody!)).ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        Assert.Equal("The desk", await page.Locator("h1").InnerTextAsync());
    }
}

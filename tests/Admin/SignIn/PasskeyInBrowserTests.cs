using Microsoft.Playwright;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.SignIn;

/// <summary>Passkeys in a browser, with Chromium's virtual authenticator.</summary>
[Trait("Category", "Slow")]
public sealed class PasskeyInBrowserTests(AdminBlog admin) : IClassFixture<AdminBlog>
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task A_moderator_adds_a_passkey_and_signs_in_with_it(int width)
    {
        await using var context = await admin.NewContextAsync(width);
        var page = await context.NewPageAsync();
        var problems = new List<string>();
        page.Console += (_, message) => problems.Add(message.Text);
        page.PageError += (_, problem) => problems.Add(problem);
        await AddAuthenticatorAsync(context, page);

        await page.GotoAsync("/moderate/sessions/all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("The passkey is added.").WaitForAsync();
        await AssertAccessibleAsync(page);
        await PictureAsync(page, $"sessions-{width}");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await PictureAsync(page, $"sessions-{width}-dark");
        await context.ClearCookiesAsync();

        await page.GotoAsync("/moderate");
        await AssertAccessibleAsync(page);
        await PictureAsync(page, $"sign-in-{width}-dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("Signed in as Ada.").WaitForAsync();
        await page.GotoAsync("/moderate/sessions/all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).First.ClickAsync();
        await page.GetByText("The passkey is removed here.").WaitForAsync();
        await context.ClearCookiesAsync();

        await page.GotoAsync("/moderate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("The passkey did not work.").Last.WaitForAsync();
        Assert.Equal([], problems.Where(problem => !problem.Contains("status of 403", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_an_answer_of_the_authenticator_the_form_says_so_and_without_a_script_there_is_none()
    {
        await using var context = await Browser.NewContextAsync(new() { BaseURL = admin.Blog.Address.ToString() });
        var page = await context.NewPageAsync();
        await AddAuthenticatorAsync(context, page); // which has no passkey
        await page.GotoAsync("/moderate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("The passkey did not work.").WaitForAsync();

        await using var plain = await Browser.NewContextAsync(
            new() { BaseURL = admin.Blog.Address.ToString(), JavaScriptEnabled = false }
        );
        var pageWithoutScript = await plain.NewPageAsync();
        await pageWithoutScript.GotoAsync("/moderate");

        Assert.False(await pageWithoutScript.Locator("form.passkey").IsVisibleAsync());
        Assert.True(
            await pageWithoutScript.GetByRole(AriaRole.Button, new() { Name = "Send me a link" }).IsVisibleAsync()
        );
    }

    private static async Task AddAuthenticatorAsync(IBrowserContext context, IPage page)
    {
        var devTools = await context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        await Axe.LoadAsync(page);
        Assert.Empty(await Axe.FindViolationsAsync(page));
    }

    private static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(RepositoryRoot.Find(), "tests", "TestResults", "screenshots", $"{name}.png"),
                FullPage = true,
            }
        );
}

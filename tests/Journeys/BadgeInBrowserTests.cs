using System.Net;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What a signed-in moderator sees on the page of a post, which is the same for everybody.</summary>
[Trait("Category", "Slow")]
public sealed class BadgeInBrowserTests(AdminBlog admin) : IClassFixture<AdminBlog>
{
    [Fact]
    public async Task A_signed_in_moderator_sees_what_waits_on_the_page_of_a_post_and_others_ask_for_nothing()
    {
        var post = await admin.Blog.PublishAsync("badge");
        await admin.SubmitCommentAsync(post, $"One. {AdminBlog.HeldWord}");
        await admin.SubmitCommentAsync(post, $"Two. {AdminBlog.HeldWord}");
        await using var context = await admin.NewContextAsync(1280);
        var page = await context.NewPageAsync();
        var badges = 0;
        page.Request += (_, request) => badges += request.Url.Contains("/badge/", StringComparison.Ordinal) ? 1 : 0;

        await page.GotoAsync("/posts/badge");
        var before = await page.ContentAsync();
        await page.GotoAsync("/moderate");
        await page.GotoAsync("/posts/badge");

        var links = page.Locator(".for-moderators a");
        await Expect(links).ToHaveTextAsync(["Edit", "2 wait"]);
        Assert.Equal(1, badges);
        Assert.DoesNotContain("2 wait", before, StringComparison.Ordinal);
        await links.Last.ClickAsync();
        await Expect(page.Locator(".admin-comment")).ToHaveCountAsync(2);

        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out", Exact = true })
            .ClickAsync();
        await page.WaitForFunctionAsync("() => !localStorage.getItem('moderates')");
        await page.GotoAsync("/posts/badge");
        await Expect(page.Locator(".share")).ToBeVisibleAsync();
        Assert.Equal(1, badges);
    }

    [Fact]
    public async Task The_badge_is_private_and_only_for_moderators()
    {
        var post = await admin.Blog.PublishAsync("no-badge");

        using var stranger = await admin.Blog.Http.GetAsync($"/moderate/badge/{post}");
        using var moderator = await AdminDriver.SendAsync(
            admin.Blog,
            HttpMethod.Get,
            $"/moderate/badge/{post}",
            admin.Moderator.Cookie
        );

        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Equal("no-store, private", moderator.Headers.CacheControl!.ToString());
        Assert.Equal(
            "<a href=\"/moderate/posts/edit?name=no-badge.md\">Edit</a>",
            await moderator.Content.ReadAsStringAsync()
        );
    }
}

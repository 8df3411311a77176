using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>What writers are told after sending a comment, with scripts and without.</summary>
[Trait("Category", "Slow")]
public sealed class ReceiptInBrowserTests
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 30_000 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_known_writer_finds_the_comment_on_the_page_and_a_new_one_is_told_to_wait(bool hasScript)
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:PreviouslyApproved"] = "true" });
        var post = await blog.PublishAsync("known");
        await using var context = await NewContextAsync(blog, hasScript);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/posts/known");
        await Expect(page.Locator(".comment-form")).ToContainTextAsync("First comments are checked by a person.");
        await SendAsync(page, "My first.");
        await Expect(page.Locator("#receipt")).ToContainTextAsync("Your comment waits for the moderator.");
        await Expect(page.Locator("#receipt")).ToContainTextAsync("My first.");

        var first = await ContentBuilder.SubmitCommentAsync(blog, post, "My first.");
        await blog.Get<CommentModeration>()
            .DecideAsync(first.Key, CommentState.Approved, "by a test", CancellationToken.None);
        await page.GotoAsync("/posts/known");
        await SendAsync(page, "My second.");

        await Expect(page.Locator("#receipt")).ToContainTextAsync("Your comment is on the page.");
        await Expect(page.Locator("#receipt")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();
        await Expect(page.Locator("#comment-2:target .prose")).ToHaveTextAsync("My second.");
        await Expect(page.Locator("#comment-2")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comment_that_is_being_checked_says_so_and_the_page_looks_once_more_by_itself(bool hasScript)
    {
        await using var fixture = await CommentFixture.StartAsync(); // the rules judge when the test says so
        await using var context = await NewContextAsync(fixture.Blog, hasScript);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/posts/hello");
        await SendAsync(page, "Look at me.");
        await Expect(page.Locator("#receipt")).ToContainTextAsync("Your comment is being checked.");
        await Expect(page.Locator(".comment-form")).ToHaveCountAsync(0); // nothing that is typed can be lost
        await fixture.DeliverMessagesAsync();

        await Expect(page.Locator("#receipt")).ToContainTextAsync("Your comment is on the page.", Patient);
        await Expect(page.Locator("#comment-1 .prose")).ToHaveTextAsync("Look at me.");
        await Expect(page.Locator(".comment-form")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_page_looks_once_more_only()
    {
        await using var fixture = await CommentFixture.StartAsync();
        var receipt = (await fixture.SubmitAsync("Nobody looks at this."))!;

        using var first = await fixture.Blog.GetAsync(receipt);
        var refresh = Assert.Single(first.Headers.GetValues("Refresh"));
        using var second = await fixture.Blog.GetAsync(refresh.Split("url=")[1]);

        Assert.Equal($"3; url={receipt.Replace("#receipt", "&again=1#receipt", StringComparison.Ordinal)}", refresh);
        Assert.False(second.Headers.Contains("Refresh"));
        var (before, after) = (await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.DoesNotContain("leave-a-comment\" class", before, StringComparison.Ordinal);
        Assert.Contains("leave-a-comment\" class", after, StringComparison.Ordinal);
        Assert.All([before, after], page =>
            Assert.Contains("Your comment is being checked. That takes a few seconds.", page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_comment_that_opens_a_page_of_its_own_is_found_there()
    {
        await using var fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:PageSize"] = "1" });
        await fixture.SubmitAndModerateAsync("The only one of page 1.");
        var receipt = (await fixture.SubmitAsync("The first of page 2."))!;
        await fixture.DeliverMessagesAsync();

        using var moved = await fixture.Blog.GetAsync(receipt);

        Assert.StartsWith("/posts/hello?receipt=", receipt, StringComparison.Ordinal);
        var address = moved.Headers.Location!.ToString();
        Assert.StartsWith("/posts/hello/comments/2?receipt=", address, StringComparison.Ordinal);
        var page = await fixture.Blog.OpenAsync(address);
        Assert.Equal(["#comment-2"], page.Links("#receipt p:first-child a"));
        Assert.NotNull(page.QuerySelector("#comment-2"));
    }

    [Fact]
    public async Task Success_does_not_look_like_an_error_and_the_page_does_not_fly_to_it()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("looks", body: string.Join("\n\n", Enumerable.Repeat("A paragraph.", 100)));
        await using var context = await Browser.NewContextAsync(
            new() { BaseURL = blog.Address.ToString(), ReducedMotion = ReducedMotion.NoPreference }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/posts/looks");
        await SendAsync(page, "Well said.");
        await Expect(page.Locator("#receipt")).ToBeInViewportAsync();

        Assert.Equal("auto", await ScrollBehaviorAsync(page));
        await page.Locator("#receipt a").First.FocusAsync();
        Assert.Equal("smooth", await ScrollBehaviorAsync(page)); // a link on the page glides
        Assert.Equal(
            ["0px", "4px", "rgb(44, 102, 39)"],
            await page.Locator("#receipt")
                .EvaluateAsync<string[]>(
                    "box => { const style = getComputedStyle(box); "
                        + "return [style.borderTopWidth, style.borderLeftWidth, style.borderLeftColor] }"
                )
        );
    }

    private static Task<string> ScrollBehaviorAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.documentElement).scrollBehavior");

    private static Task<IBrowserContext> NewContextAsync(TestBlog blog, bool hasScript) =>
        Browser.NewContextAsync(new() { JavaScriptEnabled = hasScript, BaseURL = blog.Address.ToString() });

    private static async Task SendAsync(IPage page, string text)
    {
        await page.GetByLabel("Name").FillAsync("Grace");
        await page.GetByLabel("E-mail").FillAsync("grace@example.com");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();
    }
}

using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The moderator's list of comments with scripts: actions in place, check all, keys.</summary>
[Trait("Category", "Slow")]
public sealed class ModerationInBrowserTests(AdminBlog admin) : IClassFixture<AdminBlog>
{
    private const string Held = "/moderate/comments/held";

    /// <summary>A held comment of ordinary length, as the rules hold it for one reason.</summary>
    private const string Ordinary = "Thank you, that helped. I had searched for it all day long.";

    /// <summary>For acts on many comments, while other tests keep the machine busy.</summary>
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Twenty_held_comments_take_six_clicks_and_one_page_load()
    {
        var post = await admin.Blog.PublishAsync("twenty");
        await HoldAsync(
            post,
            Enumerable.Range(1, 20).Select(number => number > 17 ? $"Buy! {number}" : Ordinary + number)
        );
        await using var context = await admin.NewContextAsync(1280);
        var (page, clicks, loads) = (await context.NewPageAsync(), 0, 0);
        page.Request += (_, request) => loads += request.IsNavigationRequest ? 1 : 0;
        async Task ClickAsync(ILocator target)
        {
            clicks++;
            await target.ClickAsync();
        }

        await page.GotoAsync($"{Held}?post={post}");
        var rows = page.Locator(".admin-comment");
        await Expect(rows).ToHaveCountAsync(20);
        foreach (var spam in await rows.Filter(new() { HasText = "Buy!" }).AllAsync())
        {
            await ClickAsync(spam.GetByRole(AriaRole.Checkbox));
        }

        await Expect(page.Locator("#checked")).ToHaveTextAsync("3 of 20 checked");
        await ClickAsync(Bulk(page).GetByRole(AriaRole.Button, new() { Name = "Spam" }));
        await Expect(page.Locator(".receipt")).ToContainTextAsync("3 comments marked as spam.", Patient);
        await ClickAsync(page.GetByLabel("Check all 17"));
        await ClickAsync(Bulk(page).GetByRole(AriaRole.Button, new() { Name = "Approve" }));
        await Expect(page.Locator(".receipt")).ToContainTextAsync("17 comments approved.", Patient);

        Assert.InRange(clicks, 1, 6);
        Assert.InRange(loads, 1, 2);
        var shown = await admin.Blog.ReadAsync("/posts/twenty");
        Assert.Contains(">17 comments<", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy!", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_all_has_exceptions_and_a_count()
    {
        var post = await admin.Blog.PublishAsync("except");
        await HoldAsync(post, ["One.", "Two.", "Three."]);
        await using var context = await admin.NewContextAsync(390);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Held}?post={post}");

        await page.GetByLabel("Check all 3").CheckAsync();
        await page.Locator(".admin-comment", new() { HasText = "Two." }).GetByRole(AriaRole.Checkbox).UncheckAsync();
        await Expect(page.Locator("#checked")).ToHaveTextAsync("2 of 3 checked");
        Assert.True(await page.GetByLabel("Check all 3").EvaluateAsync<bool>("box => box.indeterminate"));
        await Bulk(page).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(page.Locator(".admin-comment")).ToHaveCountAsync(1);
        await Expect(page.Locator(".admin-comment")).ToContainTextAsync("Two.");
        await Expect(Bulk(page)).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Keys_move_and_decide_and_undo_and_none_works_while_typing_or_switched_off()
    {
        var post = await admin.Blog.PublishAsync("keys");
        await HoldAsync(post, ["Fourth.", "Third.", "Second.", "First."]); // the newest is first in the list
        await using var context = await admin.NewContextAsync(1280);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Held}?post={post}");
        var focused = page.Locator(".admin-comment:focus");

        await page.Keyboard.PressAsync("j");
        await Expect(focused).ToContainTextAsync("First.");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".receipt")).ToContainTextAsync("1 comment approved.");
        await Expect(focused).ToContainTextAsync("Third.");
        await page.Keyboard.PressAsync("z");
        await Expect(page.Locator(".admin-comment", new() { HasText = "Second." })).ToBeVisibleAsync();
        await page.Locator(".admin-comment", new() { HasText = "Fourth." }).FocusAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(focused).ToContainTextAsync("Third.");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("#checked")).ToHaveTextAsync("1 of 4 checked");
        await page.Keyboard.PressAsync("d");
        await page.Keyboard.PressAsync("s"); // at once, and yet it decides on the next one
        await Expect(page.Locator(".admin-comment")).ToHaveCountAsync(2);
        await Expect(page.Locator(".receipt")).ToContainTextAsync("1 comment marked as spam.");

        await page.GetByLabel("Search in").FillAsync("");
        await page.Keyboard.TypeAsync("asdz");
        Assert.Equal("asdz", await page.GetByLabel("Search in").InputValueAsync());
        await page.Locator(".admin-comment").First.FocusAsync();
        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("These keys are on").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.Locator(".admin-comment").First.FocusAsync();
        await page.Keyboard.PressAsync("a");
        await page.ReloadAsync();
        await Expect(page.Locator(".admin-comment")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keys" }).ClickAsync();
        await page.GetByLabel("These keys are on").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.Locator(".admin-comment").First.FocusAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByLabel("Your reply")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_moderators_the_second_is_told_that_the_comment_is_decided()
    {
        var post = await admin.Blog.PublishAsync("two-people");
        await HoldAsync(post, ["Whose is it?"]);
        await using var context = await admin.NewContextAsync(1280);
        var (one, two) = (await context.NewPageAsync(), await context.NewPageAsync());
        await one.GotoAsync($"{Held}?post={post}");
        await two.GotoAsync($"{Held}?post={post}");

        await one.Locator(".admin-comment").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(one.Locator(".receipt")).ToContainTextAsync("1 comment approved.");
        await two.Locator(".admin-comment").GetByRole(AriaRole.Button, new() { Name = "Spam" }).ClickAsync();

        await Expect(two.Locator(".receipt")).ToContainTextAsync("somebody has decided about it meanwhile");
        Assert.Contains("Whose is it?", await admin.Blog.ReadAsync("/posts/two-people"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1280, 110)]
    [InlineData(390, 250)]
    public async Task A_comment_of_ordinary_length_is_a_low_row(int width, int most)
    {
        var post = await admin.Blog.PublishAsync($"row-{width}");
        await HoldAsync(post, [Ordinary, string.Concat(Enumerable.Repeat(Ordinary + "\n\n", 20))]);
        await using var context = await admin.NewContextAsync(width);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Held}?post={post}");

        foreach (var row in await page.Locator(".admin-comment").AllAsync())
        {
            Assert.InRange((await row.BoundingBoxAsync())!.Height, 1, most);
        }

        await page.Locator(".long summary").ClickAsync();
        await Expect(page.Locator(".long .raw")).ToContainTextAsync(Ordinary);
    }

    private static ILocator Bulk(IPage page) =>
        page.GetByRole(AriaRole.Group, new() { Name = "With the checked comments" });

    private async Task HoldAsync(PostId post, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            var comment = await admin.SubmitCommentAsync(post, text, name: $"Grace {AdminBlog.HeldWord}");
            Assert.Equal(CommentState.Held, comment.State);
        }
    }
}

using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>Keyboard navigation without a mouse.</summary>
[Collection(nameof(ShowcaseBlog))]
[Trait("Category", "Slow")]
public sealed class KeyboardInBrowserTests(ShowcaseBlog showcase)
{
    /// <summary>Maximum number of key presses. Generous, since only a failing test presses so often.</summary>
    private const int MaxKeyPresses = 300;

    /// <summary>
    /// The number of times that the focus leaves the page: a page opened at a fragment is walked from there to its end,
    /// then once from its start.
    /// </summary>
    private const int PassesPerPage = 2;

    /// <summary>
    /// Marks the focused element and returns what is wrong with its focus indicator: an empty string for nothing, null
    /// when the body has the focus.
    /// </summary>
    private const string Step = """
        () => {
          const element = document.activeElement
          if (element === document.body) return null
          const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element)
          const { top, bottom, left, right } = element.getBoundingClientRect()
          // Media players show the focus on their own buttons, and frames on an element of the page inside.
          const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && opacity === '1'
            || element.matches('audio, video, iframe')
          const isThere = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
          element.dataset.walked = ''
          return isSeen && isThere ? '' : `${element.outerHTML.slice(0, 120)} has the focus and does not show it`
        }
        """;

    private const string Missed = """
        () => [...document.querySelectorAll(
          'a[href], button, input, select, textarea, summary, audio, iframe, [tabindex="0"]'
        )]
          .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility())
          .filter(element => !('walked' in element.dataset))
          .map(element => `${element.outerHTML.slice(0, 120)} was not reached`)
        """;

    [Fact]
    public async Task Every_link_field_and_button_of_every_kind_of_page_is_reached_and_shows_its_focus()
    {
        await using var context = await Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();

        var problems = await ShowcaseBlog.ProblemsAsync(TestDepth.Sample(showcase.Pages, each: 3), async kind =>
        {
            await kind.OpenAsync(page, showcase.Blog);
            var unseen = new List<string>();
            for (var (times, ends) = (0, 0); ends < PassesPerPage && times < MaxKeyPresses; times++)
            {
                await page.Keyboard.PressAsync("Tab");
                var problem = await page.EvaluateAsync<string?>(Step);
                ends += problem is null ? 1 : 0;
                unseen.AddRange(problem is { Length: > 0 } ? [problem] : []);
            }

            return [.. unseen.Distinct(), .. await page.EvaluateAsync<string[]>(Missed)];
        });

        Assert.True(problems.Length == 0, problems);
    }

    [Fact]
    public async Task The_skip_link_comes_first_and_the_menu_is_reachable()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await OpenAsync(context, ShowcaseBlog.FullPost);

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to content")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.ReloadAsync();
        await TabToAsync(page, ".menu a");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("About");
        await Expect(page.Locator(".menu [aria-current=page]")).ToHaveTextAsync("About");
    }

    [Fact]
    public async Task The_parts_of_a_series_can_be_expanded_and_opened()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await OpenAsync(context, ShowcaseBlog.FullPost);

        await TabToAsync(page, ".series summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, ".series a");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("What happens to a comment");
        await Expect(page.Locator(".series summary")).ToHaveTextAsync("Part 1 of 2: How this blog works");
    }

    [Fact]
    public async Task Code_is_copied_with_a_confirmation()
    {
        await using var context = await Browser.NewContextAsync(
            new() { Permissions = ["clipboard-read", "clipboard-write"] }
        );
        var page = await OpenAsync(context, ShowcaseBlog.FullPost);

        await TabToAsync(page, ".copy");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".copy")).ToHaveTextAsync("Copied");
        Assert.Equal(
            "posts/welcome / build and settings / site revision / post revision",
            (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Trim()
        );
    }

    [Fact]
    public async Task A_comment_is_written_and_sent_and_its_receipt_is_visible()
    {
        await showcase.Blog.PublishAsync("typed");
        await using var context = await Browser.NewContextAsync();
        var page = await OpenAsync(context, "/posts/typed");

        await TabToAsync(page, "#your-name");
        foreach (var words in new[] { "Grace", "grace@example.com", "", "Well **said**." })
        {
            await page.Keyboard.TypeAsync(words);
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#receipt")).ToBeInViewportAsync();
        await Expect(page.Locator("#comments")).ToContainTextAsync("Well said.");
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(showcase.Blog.Address, path).ToString());
        return page;
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var times = 0; times < MaxKeyPresses; times++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} was not reached.");
    }
}

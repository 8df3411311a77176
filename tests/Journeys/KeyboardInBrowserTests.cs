using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>A reader without a mouse.</summary>
[Collection(nameof(ShowcaseBlog))]
public sealed class KeyboardInBrowserTests(ShowcaseBlog showcase)
{
    /// <summary>Generous: only a failing test presses it so often.</summary>
    private const int ManyTimes = 300;

    /// <summary>A page that was opened at one of its parts is walked from there to its end, and once more from its beginning.</summary>
    private const int BeginningAndEnd = 2;

    /// <summary>Notes what has the focus, and says what is wrong with how it looks; null when it is the page itself.</summary>
    private const string Step = """
        () => {
          const element = document.activeElement
          if (element === document.body) return null
          const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element)
          const { top, bottom, left, right } = element.getBoundingClientRect()
          const isSeen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && opacity === '1' || element.matches('audio, video') // whose own buttons show it
          const isThere = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
          element.dataset.walked = ''
          return isSeen && isThere ? '' : `${element.outerHTML.slice(0, 120)} has the focus and does not show it`
        }
        """;

    private const string Missed = """
        () => [...document.querySelectorAll('a[href], button, input, textarea, summary, audio, iframe, [tabindex="0"]')]
          .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility() && !('walked' in element.dataset))
          .map(element => `${element.outerHTML.slice(0, 120)} was not reached`)
        """;

    [Fact]
    public async Task Every_link_field_and_button_of_every_kind_of_page_is_reached_and_shows_that_it_is()
    {
        await using var window = await Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await window.NewPageAsync();

        var problems = await showcase.ProblemsAsync(async kind =>
        {
            await kind.OpenAsync(page, showcase.Blog);
            var unseen = new List<string>();
            for (var (times, ends) = (0, 0); ends < BeginningAndEnd && times < ManyTimes; times++)
            {
                await page.Keyboard.PressAsync("Tab");
                var said = await page.EvaluateAsync<string?>(Step);
                ends += said is null ? 1 : 0;
                unseen.AddRange(said is { Length: > 0 } ? [said] : []);
            }

            return [.. unseen.Distinct(), .. await page.EvaluateAsync<string[]>(Missed)];
        });

        Assert.True(problems.Length == 0, problems);
    }

    [Fact]
    public async Task The_first_key_leads_past_the_header_and_the_menu_is_a_key_away()
    {
        await using var window = await Browser.NewContextAsync();
        var page = await OpenAsync(window, ShowcaseBlog.FullPost);

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
    public async Task The_parts_of_a_series_are_unfolded_and_gone_to()
    {
        await using var window = await Browser.NewContextAsync();
        var page = await OpenAsync(window, ShowcaseBlog.FullPost);

        await TabToAsync(page, ".series summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, ".series a");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("What happens to a comment");
        await Expect(page.Locator(".series summary")).ToHaveTextAsync("Part 1 of 2: How this blog works");
    }

    [Fact]
    public async Task Code_is_copied_and_that_is_said()
    {
        await using var window = await Browser.NewContextAsync(
            new() { Permissions = ["clipboard-read", "clipboard-write"] }
        );
        var page = await OpenAsync(window, ShowcaseBlog.FullPost);

        await TabToAsync(page, ".copy");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".copy")).ToHaveTextAsync("Copied");
        Assert.Equal(
            "posts/welcome / build and settings / site revision / post revision",
            (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Trim()
        );
    }

    [Fact]
    public async Task A_comment_is_written_sent_and_seen()
    {
        await showcase.Blog.PublishAsync("typed");
        await using var window = await Browser.NewContextAsync();
        var page = await OpenAsync(window, "/posts/typed");

        await TabToAsync(page, "#your-name");
        foreach (var words in new[] { "Grace", "grace@example.com", "", "Well **said**." })
        {
            await page.Keyboard.TypeAsync(words);
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#receipt")).ToContainTextAsync("Well said.");
        await Expect(page.Locator("#receipt")).ToBeInViewportAsync();
    }

    private async Task<IPage> OpenAsync(IBrowserContext window, string path)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(showcase.Blog.Address, path).ToString());
        return page;
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var times = 0; times < ManyTimes; times++)
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

using System.Text;
using Microsoft.Playwright;
using ServerlessBlog.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>The reader's choice of a colour scheme, the colours of the admin area, and print.</summary>
[Trait("Category", "Slow")]
public sealed class SchemeInBrowserTests : IAsyncLifetime
{
    private const string Light = "rgb(253, 252, 249)";
    private const string Dark = "rgb(25, 24, 22)";
    private const string Background = "getComputedStyle(document.documentElement).backgroundColor";

    private readonly List<string> _errors = [];
    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync();

    public async Task DisposeAsync()
    {
        await _blog.DisposeAsync();
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_reader_chooses_colours_which_every_page_has_from_its_first_paint_until_they_choose_again()
    {
        await using var context = await Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Light });
        var page = await OpenAsync(context, "/");
        var choice = page.GetByLabel("Colours");

        await Expect(choice).ToHaveValueAsync("auto");
        Assert.Equal(Light, await page.EvaluateAsync<string>(Background));
        Assert.InRange((await choice.BoundingBoxAsync())!.Height, 24, 60);

        await choice.FocusAsync();
        await page.Keyboard.TypeAsync("Dark");
        await Expect(choice).ToHaveValueAsync("dark");
        Assert.Equal(Dark, await page.EvaluateAsync<string>(Background));

        // The scheme is set while the head is parsed: when the first stylesheet begins to load.
        await page.AddInitScriptAsync(
            """
            new MutationObserver((_, observer) => {
              if (!document.querySelector('link[rel=stylesheet]')) return
              window.schemeAtStyle = document.documentElement.dataset.scheme
              observer.disconnect()
            }).observe(document, { childList: true, subtree: true })
            """
        );
        await GoToAsync(page, "/archive");
        Assert.Equal("dark", await page.EvaluateAsync<string>("window.schemeAtStyle"));
        Assert.Equal(Dark, await page.EvaluateAsync<string>(Background));

        await page.GetByLabel("Colours").SelectOptionAsync("auto");
        Assert.Equal(Light, await page.EvaluateAsync<string>(Background));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal(Dark, await page.EvaluateAsync<string>(Background));
        await page.GetByLabel("Colours").SelectOptionAsync("light");
        Assert.Equal(Light, await page.EvaluateAsync<string>(Background));
    }

    [Fact]
    public async Task A_choice_in_one_tab_is_that_of_all()
    {
        await using var context = await Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Light });
        var (one, other) = (await OpenAsync(context, "/"), await OpenAsync(context, "/tags"));

        await one.GetByLabel("Colours").SelectOptionAsync("dark");

        await Expect(other.GetByLabel("Colours")).ToHaveValueAsync("dark");
        Assert.Equal(Dark, await other.EvaluateAsync<string>(Background));
    }

    [Theory]
    [InlineData(false, "null")]
    [InlineData(true, "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })")]
    public async Task Without_a_script_or_a_memory_there_is_no_choice_and_the_systems_colours(
        bool hasScript,
        string before
    )
    {
        await using var context = await Browser.NewContextAsync(
            new() { JavaScriptEnabled = hasScript, ColorScheme = ColorScheme.Dark }
        );
        await context.AddInitScriptAsync(before);
        var page = await OpenAsync(context, "/");

        await Expect(page.GetByLabel("Colours", new() { Exact = true })).ToBeHiddenAsync();
        await page.EvaluateAsync("1");
        Assert.Equal(Dark, await page.EvaluateAsync<string>(Background));
    }

    [Fact]
    public async Task The_admin_area_never_has_the_colours_of_the_theme()
    {
        await _blog.UploadAsync("theme/theme.css", Encoding.UTF8.GetBytes(":root { --paper: light-dark(#ff0, #00f) }"));
        await _blog.UploadAsync("theme/site.yml", "accent:\n  light: \"#005500\"\n"u8.ToArray());
        await using var context = await Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Light });
        var page = await OpenAsync(context, "/");
        const string accent = "getComputedStyle(document.querySelector('.site-footer a')).color";

        Assert.Equal("rgb(255, 255, 0)", await page.EvaluateAsync<string>(Background));
        Assert.Equal("rgb(0, 85, 0)", await page.EvaluateAsync<string>(accent));

        await GoToAsync(page, "/moderate");

        Assert.Equal(Light, await page.EvaluateAsync<string>(Background));
        Assert.Equal("rgb(150, 48, 30)", await page.EvaluateAsync<string>(accent));
    }

    [Fact]
    public async Task In_print_a_post_is_whole_and_nothing_is_there_that_paper_cannot_do()
    {
        const string body = """
            [Named](https://example.com/named) and https://example.com/bare and <https://example.com/angle>.

            ![Sound](/media/tone.mp3)

            <details><summary>More</summary>

            Folded text.

            </details>
            """;
        await _blog.UploadAsync("tone.mp3", [1]);
        await _blog.PublishAsync("paper", body: body);
        await using var context = await Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Dark });
        var page = await OpenAsync(context, "/posts/paper");
        await page.GetByLabel("Colours").SelectOptionAsync("dark");

        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        await Expect(page.GetByText("Folded text.")).ToBeVisibleAsync();
        await Expect(page.Locator("audio")).ToBeHiddenAsync();
        await Expect(page.Locator("#comments")).ToBeHiddenAsync();
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>(Background));
        Assert.Equal(
            ["\" (https://example.com/named)\"", "none", "none"],
            await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('.prose a[href^=http]')].map(a => getComputedStyle(a, '::after').content"
                    + ".replace('\" (\" attr(href) \")\"', `\" (${a.href})\"`))"
            )
        );
    }

    [Fact]
    public async Task In_print_a_conversation_is_what_people_wrote()
    {
        var post = await _blog.PublishAsync("talk");
        await ContentBuilder.AddCommentsAsync(_blog, post, count: 2);
        await using var context = await Browser.NewContextAsync();
        var page = await OpenAsync(context, "/posts/talk");

        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        await Expect(page.Locator(".comment-list .comment")).ToHaveCountAsync(2);
        await Expect(page.Locator("#comment-2")).ToBeVisibleAsync();
        foreach (var part in new[] { ".comment-form", ".site-footer", "button" })
        {
            await Expect(page.Locator(part).First).ToBeHiddenAsync();
        }
    }

    /// <summary>Opens a page that must not log an error, such as a script that the policy stops.</summary>
    private async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) => _errors.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => _errors.Add(error);
        await GoToAsync(page, path);
        return page;
    }

    private Task GoToAsync(IPage page, string path) => page.GotoAsync(new Uri(_blog.Address, path).ToString());
}

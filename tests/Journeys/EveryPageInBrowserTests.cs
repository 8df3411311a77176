using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>Every kind of page in every look. What was seen lies in tests/TestResults/screenshots afterwards.</summary>
[Collection(nameof(ShowcaseBlog))]
public sealed class EveryPageInBrowserTests(ShowcaseBlog showcase)
{
    /// <summary>Those too that a browser fetches only when a reader comes near them.</summary>
    private const string ShowAllPictures = """
        () => Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode() }))
        """;

    private const int Phone = 390;
    private const int Desktop = 1280;

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task Every_kind_of_page_is_accessible_light_and_dark_and_asks_nobody_else_for_anything(int width)
    {
        var asked = new List<string>();

        var problems = await LookAsync(
            width,
            new()
            {
                ColorScheme = ColorScheme.Light,
                ViewportSize = new() { Width = width, Height = 844 },
            },
            asked
        );

        Assert.True(problems.Length == 0, problems);
        Assert.All(asked, address =>
            Assert.StartsWith(showcase.Blog.Address.ToString(), address, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Every_kind_of_page_is_accessible_in_colours_of_the_readers_own_and_without_motion()
    {
        var problems = await LookAsync(
            Desktop,
            new()
            {
                ForcedColors = ForcedColors.Active,
                ReducedMotion = ReducedMotion.Reduce,
                Contrast = Contrast.More,
                ViewportSize = new() { Width = Desktop, Height = 844 },
            }
        );

        Assert.True(problems.Length == 0, problems);
    }

    [Fact]
    public async Task On_paper_there_is_the_text_and_nothing_to_press()
    {
        await using var window = await Browser.NewContextAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(showcase.Blog.Address, ShowcaseBlog.FullPost).ToString());

        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        Assert.True(await page.Locator("article.post .prose").IsVisibleAsync());
        Assert.True(await page.Locator("#comment-1").IsVisibleAsync());
        foreach (var part in new[] { "button", "form", ".menu", ".skip", ".fold", ".pager", ".site-footer" })
        {
            Assert.False(await page.Locator(part).First.IsVisibleAsync(), part);
        }

        await page.ScreenshotAsync(
            new()
            {
                Path = PictureOf("conversation", "Print"),
                FullPage = true,
                Type = ScreenshotType.Jpeg,
            }
        );
    }

    private async Task<string> LookAsync(int width, BrowserNewContextOptions options, List<string>? asked = null)
    {
        await using var window = await Browser.NewContextAsync(options);
        var page = await window.NewPageAsync();
        page.Request += (_, request) => asked?.Add(request.Url);

        return await showcase.ProblemsAsync(async kind =>
        {
            await kind.OpenAsync(page, showcase.Blog);
            await page.EvaluateAsync(ShowAllPictures);
            await ShootAsync(page, kind, options.ForcedColors is null ? $"Light-{width}" : $"Forced-{width}");
            var found = (await page.RunAxe()).Violations.Select(Words).ToList();
            if (options.ForcedColors is null)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                await ShootAsync(page, kind, $"Dark-{width}");
                found.AddRange((await page.RunAxe()).Violations.Select(violation => $"dark: {Words(violation)}"));
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            }

            var wider = await page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            );
            return found.Concat(wider > 0 ? [$"{wider} px wider than the window"] : []);
        });
    }

    private static Task ShootAsync(IPage page, PageKind kind, string look) =>
        page.ScreenshotAsync(
            new()
            {
                Path = PictureOf(kind.Name, look),
                FullPage = true,
                Type = ScreenshotType.Jpeg,
            }
        );

    private static string PictureOf(string name, string look) =>
        Path.Combine(RepositoryRoot.Find(), "tests", "TestResults", "screenshots", $"{name}.{look}.jpg");

    private static string Words(AxeResultItem violation) =>
        $"{violation.Id} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})";
}

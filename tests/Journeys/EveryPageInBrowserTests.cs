using Microsoft.Playwright;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// Every kind of page in every colour scheme and width. A full run (<see cref="TestDepth"/>) saves screenshots to
/// tests/TestResults/screenshots.
/// </summary>
[Collection(nameof(ShowcaseBlog))]
[Trait("Category", "Slow")]
public sealed class EveryPageInBrowserTests(ShowcaseBlog showcase)
{
    /// <summary>Loads all images, including those that a browser loads lazily.</summary>
    private const string ShowAllPictures = """
        () => Promise.all([...document.images].map(image => { image.loading = 'eager'; return image.decode() }))
        """;

    private const int Phone = 390;
    private const int Desktop = 1280;

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task Every_kind_of_page_is_accessible_in_light_and_dark_and_makes_no_third_party_requests(int width)
    {
        var requests = new List<string>();

        var problems = await CheckAllPagesAsync(
            width,
            new()
            {
                ColorScheme = ColorScheme.Light,
                ViewportSize = new() { Width = width, Height = 844 },
            },
            requests
        );

        Assert.True(problems.Length == 0, problems);
        Assert.All(requests, address =>
            Assert.StartsWith(showcase.Blog.Address.ToString(), address, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Every_kind_of_page_is_accessible_with_forced_colours_and_reduced_motion()
    {
        var problems = await CheckAllPagesAsync(
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
    public async Task A_pale_text_and_an_image_without_a_description_would_be_detected()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            """
            <!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>
            <p style="color: #bbb; background: #fff">Pale.</p><img src="data:,">
            """
        );
        await Axe.LoadAsync(page);

        var violations = await Axe.FindViolationsAsync(page);

        Assert.Equal(["color-contrast", "image-alt"], violations.Select(violation => violation.Split(' ')[0]).Order());
    }

    [Fact]
    public async Task In_print_there_is_the_text_and_no_controls()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
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
                Path = ScreenshotPath("conversation", "Print"),
                FullPage = true,
                Type = ScreenshotType.Jpeg,
            }
        );
    }

    private async Task<string> CheckAllPagesAsync(
        int width,
        BrowserNewContextOptions options,
        List<string>? requests = null
    )
    {
        await using var context = await Browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        page.Request += (_, request) => requests?.Add(request.Url);

        var isForced = options.ForcedColors is not null;
        var pages = isForced ? TestDepth.Sample(showcase.Pages, each: 6) : showcase.Pages;
        return await ShowcaseBlog.ProblemsAsync(pages, async kind =>
        {
            await kind.OpenAsync(page, showcase.Blog);
            await page.EvaluateAsync(ShowAllPictures);
            await TakeScreenshotAsync(page, kind, isForced ? $"Forced-{width}" : $"Light-{width}");
            await Axe.LoadAsync(page);

            // All rules at one width and scheme; at the others those that depend on them.
            string[] rules = width == Desktop ? [] : Axe.Widths;
            var found = (await Axe.FindViolationsAsync(page, rules)).ToList();
            if (!isForced)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                await TakeScreenshotAsync(page, kind, $"Dark-{width}");
                var dark = await Axe.FindViolationsAsync(page, Axe.Colors);
                found.AddRange(dark.Select(violation => $"dark: {violation}"));
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            }

            var overflow = await page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            );
            return found.Concat(overflow > 0 ? [$"{overflow} px wider than the window"] : []);
        });
    }

    /// <summary>Pictures of all pages are for people, and only taken in a full run.</summary>
    private static Task TakeScreenshotAsync(IPage page, PageKind kind, string variant) =>
        TestDepth.IsFull
            ? page.ScreenshotAsync(
                new()
                {
                    Path = ScreenshotPath(kind.Name, variant),
                    FullPage = true,
                    Type = ScreenshotType.Jpeg,
                }
            )
            : Task.CompletedTask;

    private static string ScreenshotPath(string name, string variant) =>
        Path.Combine(RepositoryRoot.Find(), "tests", "TestResults", "screenshots", $"{name}.{variant}.jpg");
}

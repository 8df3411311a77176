using Microsoft.Playwright;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Repository;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// The themes in docs/themes: short, accepted without a note, and accessible in both schemes. Saves screenshots to
/// tests/TestResults/screenshots.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ThemesInBrowserTests : IAsyncLifetime
{
    private const int MaxLines = 150;
    private const int MaxPictureBytes = 100 * 1024;

    private static readonly string[] Pages = ["/", ShowcaseBlog.FullPost, "/posts/every-markdown-feature", "/archive"];

    private TestBlog _blog = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync();
        await SamplePosts.UploadAsync(_blog.Get<BlogStorage>(), CancellationToken.None);
        await _blog.UploadAsync("sea/a.jpg", TestPictures.Photo(900, 600), StorageNames.Posts);
        await _blog.UploadAsync(
            "sea/index.md",
            "---\ntitle: Sea\nimage: a.jpg\nimage_alt: The sea\n---\n![Sea](a.jpg)\n"
        );
        await ContentBuilder.AddCommentsAsync(
            _blog,
            ServerlessBlog.Posts.PostId.FromBlobName($"{Path.GetFileName(ShowcaseBlog.FullPost)}.md"),
            count: 3
        );
    }

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    [Fact]
    public async Task Each_theme_is_short_accepted_without_a_note_and_accessible_in_light_and_dark()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var problems = new List<string>();

        foreach (var (name, file) in await ThemesAsync())
        {
            var css = await File.ReadAllBytesAsync(RepositoryFiles.FullPath(file));
            var report = await _blog.UploadAsync("theme/theme.css", css);

            Assert.InRange(File.ReadLines(RepositoryFiles.FullPath(file)).Count(), 1, MaxLines);
            Assert.Equal(UploadOutcome.Published, report.Outcome);
            Assert.Single(report.Lines); // the address, and no note
            foreach (var (path, width) in Pages.SelectMany(path => new[] { (path, 1280), (path, 390) }))
            {
                problems.AddRange((await CheckAsync(page, path, width, name)).Select(text => $"{name} {path}: {text}"));
            }
        }

        Assert.Empty(problems);
    }

    [Fact]
    public async Task Theming_shows_a_small_picture_of_each_theme()
    {
        var shown = DocumentFile.Open("docs/theming.md").Links.ToList();

        foreach (var (name, file) in await ThemesAsync())
        {
            Assert.Contains($"themes/{name}.webp", shown);
            Assert.Contains(file["docs/".Length..], shown);
            var picture = new FileInfo(RepositoryFiles.FullPath($"docs/themes/{name}.webp"));
            Assert.InRange(picture.Length, 1, MaxPictureBytes);
        }
    }

    /// <summary>The themes by the names of their folders.</summary>
    private static async Task<IReadOnlyList<(string Name, string File)>> ThemesAsync()
    {
        var themes = (await RepositoryFiles.ListAsync())
            .Where(file => file.StartsWith("docs/themes/", StringComparison.Ordinal))
            .Where(file => file.EndsWith("/theme/theme.css", StringComparison.Ordinal))
            .Select(file => (file.Split('/')[2], file))
            .ToList();
        Assert.Equal(["photo", "technical"], themes.Select(theme => theme.Item1));
        return themes;
    }

    private async Task<IEnumerable<string>> CheckAsync(IPage page, string path, int width, string theme)
    {
        await page.SetViewportSizeAsync(width, 844);
        await page.GotoAsync(new Uri(_blog.Address, path).ToString());
        await Axe.LoadAsync(page);
        var problems = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            problems.AddRange(
                (await Axe.FindViolationsAsync(page, scheme == ColorScheme.Light ? [] : Axe.Colors)).Select(text =>
                    $"{scheme}, {width} px: {text}"
                )
            );
            var name = $"theme-{theme}-{(path == "/" ? "home" : Path.GetFileName(path))}.{scheme}-{width}.jpg";
            if (TestDepth.IsFull)
            {
                await page.ScreenshotAsync(
                    new()
                    {
                        Path = Path.Combine(RepositoryRoot.Find(), "tests", "TestResults", "screenshots", name),
                        FullPage = true,
                        Type = ScreenshotType.Jpeg,
                    }
                );
            }
        }

        var overflow = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        return overflow > 0 ? [.. problems, $"{overflow} px wider than {width} px"] : problems;
    }
}

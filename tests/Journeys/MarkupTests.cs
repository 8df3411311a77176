using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// The HTML of every kind of page, checked by html-validate with the rules in tests/.htmlvalidate.mjs.
/// </summary>
[Collection(nameof(ShowcaseBlog))]
[Trait("Category", "Slow")]
public sealed class MarkupTests(ShowcaseBlog showcase)
{
    private static readonly string Tests = Path.Combine(RepositoryRoot.Find(), "tests");

    [Fact]
    public async Task Every_kind_of_page_is_valid_HTML()
    {
        await NodePackages.EnsureInstalledAsync(Tests, say: null, CancellationToken.None);
        var pages = Directory.CreateTempSubdirectory("blog-pages-");
        foreach (var kind in showcase.Pages)
        {
            await File.WriteAllTextAsync(
                Path.Combine(pages.FullName, $"{kind}.html"),
                await kind.ReadAsync(showcase.Blog)
            );
        }

        string[] arguments =
        [
            "node_modules/html-validate/bin/html-validate.mjs",
            "--config",
            ".htmlvalidate.mjs",
            "--formatter",
            "stylish",
            "--max-warnings",
            "0",
            pages.FullName,
        ];
        await using var validator = ProgramRun.Start("node", arguments, folder: Tests);

        Assert.True(await validator.EndAsync() == 0, validator.Output + validator.Errors);
        pages.Delete(recursive: true);
    }
}

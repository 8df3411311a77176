using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// The quick tests are <c>Category!=Slow</c>: they publish nothing, build no worker and start no browser.
/// </summary>
public sealed partial class SlowTestsTests
{
    [Fact]
    public async Task Every_class_that_needs_the_published_handler_the_worker_or_a_browser_is_in_the_category_Slow()
    {
        var sources = (await RepositoryFiles.ListAsync())
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal) && Path.GetExtension(file) == ".cs")
            .Select(file => (File: file, Text: File.ReadAllText(RepositoryFiles.FullPath(file))))
            .Where(source => TestMethod().IsMatch(source.Text) && SlowPart().IsMatch(source.Text))
            .ToList();

        Assert.NotEmpty(sources);
        Assert.Empty(sources.Where(source => !SlowClass().IsMatch(source.Text)).Select(source => source.File));
    }

    [GeneratedRegex(@"^    \[(Fact|Theory)\]", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^\[Trait\(""Category"", ""Slow""\)\]$", RegexOptions.Multiline)]
    private static partial Regex SlowClass();

    /// <summary>Matches the members that publish, build or start something slow.</summary>
    [GeneratedRegex(
        @"\b(PublishedHandler\.(StartAsync|EnsurePublishedAsync|PublishLogAsync)|(StandInHost|WorkerHost)\.StartAsync"
            + @"|WorkerBuild\.EnsureBuiltAsync|Crash(Driver|Fixture)\.|Soak\."
            + @"|Browser\.NewContextAsync|ShowcaseBlog[ )])"
    )]
    private static partial Regex SlowPart();
}

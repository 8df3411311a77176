using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

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

    [Fact]
    public void Every_class_for_which_a_run_builds_is_in_the_category_Slow() =>
        Assert.Empty(
            typeof(SlowTestsTests)
                .Assembly.GetTypes()
                .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
                .Where(type => CollectionOrderer.NamesNeedingBuilds.Any($"{type}".Contains))
                .Where(type => type.GetCustomAttributesData().All(data => data.AttributeType != typeof(TraitAttribute)))
                .Select(type => type.FullName)
        );

    [GeneratedRegex(@"^    \[(Fact|Theory)\]", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^\[Trait\(""Category"", ""Slow""\)\]$", RegexOptions.Multiline)]
    private static partial Regex SlowClass();

    /// <summary>Matches the members that publish, build or start something slow.</summary>
    [GeneratedRegex(
        @"\b(PublishedHandler\.(StartAsync|EnsurePublishedAsync|PublishLogAsync)|(StandInHost|WorkerHost)\.StartAsync"
            + @"|WorkerBuild\.EnsureBuiltAsync|Crash(Driver|Fixture)\.|Soak\.|CanaryJourneys\("
            + @"|Browser\.NewContextAsync|ShowcaseBlog[ )])"
    )]
    private static partial Regex SlowPart();
}

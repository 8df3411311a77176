using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ServerlessBlog.Tests.Infrastructure.CollectionOrderer", "ServerlessBlog.Tests")]

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Orders the test collections so that the processor is never idle. The longest ones begin first. Those that need the
/// published handler or the worker build begin after half of the others, when both are built: a collection that waits
/// for them occupies a thread of the test runner. They mostly wait, for delays and redeliveries, so the other half runs
/// beside them. The builds run from the start.
/// </summary>
public sealed class CollectionOrderer : ITestCollectionOrderer
{
    private static readonly string[] LongestNames =
    [
        "ShowcaseBlog",
        ".HostileInputTests",
        ".CodeBlockHighlighterTests",
    ];

    /// <summary>
    /// Parts of the names of collections that need a build. Only slow classes may match: a run with one of these builds
    /// both.
    /// </summary>
    internal static readonly string[] NamesNeedingBuilds =
    [
        ".Crashes.",
        ".PublishedHandlerTests",
        ".PublishedAdminTests",
        ".HandlerZipTests",
        ".SilentStorageTests",
        ".TelemetryExportTests",
        ".TelemetryPrivacyTests",
        ".IdentityTests",
        ".WorkerTests",
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var all = testCollections.ToList();
        var longest = all.Where(collection => IsOneOf(LongestNames, collection)).ToList();
        var needing = all.Where(collection => IsOneOf(NamesNeedingBuilds, collection)).ToList();
        var others = all.Except(longest).Except(needing).ToList();
        if (needing.Count > 0)
        {
            _ = Task.Run(PrepareAsync); // the tests that wait for the results get the exceptions
        }

        return [.. longest, .. others.Take(others.Count / 2), .. needing, .. others.Skip(others.Count / 2)];
    }

    private static bool IsOneOf(string[] names, ITestCollection collection) =>
        names.Any(name => collection.DisplayName.Contains(name, StringComparison.Ordinal));

    private static async Task PrepareAsync()
    {
        await PublishedHandler.EnsurePublishedAsync();
        await WorkerBuild.EnsureBuiltAsync();
    }
}

using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ServerlessBlog.Tests.Infrastructure.PublishedHandlerOrderer", "ServerlessBlog.Tests")]

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Runs the test collections that need neither the published handler nor the worker build first, and publishes and
/// builds both meanwhile: a collection that waits occupies a thread of the test runner.
/// </summary>
public sealed class PublishedHandlerOrderer : ITestCollectionOrderer
{
    private static readonly string[] NamesNeedingBuilds =
    [
        ".Crashes.",
        ".PublishedHandlerTests",
        ".PublishedAdminTests",
        ".IdentityTests",
        ".WorkerTests",
        ".Hosting.Telemetry.",
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var needing = testCollections.ToLookup(collection =>
            NamesNeedingBuilds.Any(name => collection.DisplayName.Contains(name, StringComparison.Ordinal))
        );
        if (needing.Contains(true))
        {
            _ = Task.Run(PrepareAsync); // the tests that wait for the results get the exceptions
        }

        return [.. needing[false], .. needing[true]];
    }

    private static async Task PrepareAsync()
    {
        await PublishedHandler.EnsurePublishedAsync();
        await WorkerBuild.EnsureBuiltAsync();
    }
}

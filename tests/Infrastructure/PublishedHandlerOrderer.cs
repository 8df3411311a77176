using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ServerlessBlog.Tests.Infrastructure.PublishedHandlerOrderer", "ServerlessBlog.Tests")]

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Has the handler published and the worker built while the tests run that need neither: who waits for it takes the place of one that could go on.</summary>
public sealed class PublishedHandlerOrderer : ITestCollectionOrderer
{
    private static readonly string[] Needing =
    [
        ".Crashes.",
        ".PublishedHandlerTests",
        ".PublishedAdminTests",
        ".IdentityTests",
        ".WorkerTests",
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var needing = testCollections.ToLookup(collection =>
            Needing.Any(name => collection.DisplayName.Contains(name, StringComparison.Ordinal))
        );
        if (needing.Contains(true))
        {
            _ = Task.Run(PrepareAsync); // what goes wrong is told to those that wait for it
        }

        return [.. needing[false], .. needing[true]];
    }

    private static async Task PrepareAsync()
    {
        await PublishedHandler.PublishedAsync();
        await WorkerBuild.BuiltAsync();
    }
}

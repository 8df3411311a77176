using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Search.Index;

namespace ServerlessBlog.Search;

/// <summary>Registers the services of this folder.</summary>
internal static class SearchServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) =>
        services
            .AddSingleton<SearchIndexTable>()
            .AddSingleton<SearchIndexFiles>()
            .AddHourlyTask<SearchIndexBuilder>()
            .AddSingleton<IPostChangeHandler>(provider => provider.GetRequiredService<SearchIndexBuilder>())
            .AddDailyTask<SweepSearchIndex>()
            .AddSingleton<SearchIndex>()
            .AddSingleton<FoundPosts>()
            .AddSingleton<SearchLimits>()
            .AddSingleton<SearchPageRenderer>();
}

namespace ServerlessBlog.Feeds;

/// <summary>Registers the services of this folder.</summary>
internal static class FeedServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services) =>
        services
            .AddSingleton<FeedRenderer>()
            .AddSingleton<FeedPages>()
            .AddSingleton<CommentFeedRenderer>()
            .AddSingleton<CommentFeedPages>()
            .AddSingleton<SitemapRenderer>()
            .AddSingleton<SecurityContactRenderer>();
}

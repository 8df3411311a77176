using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Site.Posts;

namespace ServerlessBlog.Site;

/// <summary>Registers the services of this folder.</summary>
internal static class SiteServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddSite(this IServiceCollection services) =>
        services
            .AddSingleton<ListPageRenderer>()
            .AddSingleton<TagIndexRenderer>()
            .AddSingleton<ArchivePageRenderer>()
            .AddSingleton<OldPaths>()
            .AddSingleton<PostSummaryBuilder>()
            .AddSingleton<WholePosts>()
            .AddSingleton<PostPageRenderer>()
            .AddSingleton<PostViewBuilder>()
            .AddSingleton<Avatars>()
            .AddSingleton<VisitorPages>()
            .AddSingleton<AddressResponder>()
            .AddSingleton<MediaResponder>();
}

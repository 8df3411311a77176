using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Icons;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Web;

/// <summary>Registers the services of this folder.</summary>
internal static class WebServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services) =>
        services
            .AddSingleton<BuiltInAssets>()
            .AddSingleton<SiteLayoutProvider>()
            .AddSingleton<PictureResolver>()
            .AddSingleton<SiteIcons>()
            .AddSingleton<IconResponder>()
            .AddSingleton<PostBodyLoader>()
            .AddSingleton<PageFiles>()
            .AddDailyTask<SweepPages>()
            .AddSingleton<PageCache>()
            .AddSingleton<PageResponder>()
            .AddSingleton<HotPageMiddleware>()
            .AddSingleton<ErrorPageMiddleware>()
            .AddSingleton<OriginSecretMiddleware>();
}

using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Posts;

/// <summary>Registers the services of this folder.</summary>
internal static class PostServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddPosts(this IServiceCollection services) =>
        services
            .AddSingleton<UploadFiles>()
            .AddSingleton<AcceptedFiles>()
            .AddSingleton<ReportFiles>()
            .AddSingleton<PostTable>()
            .AddSingleton<IPostLookup>(provider => provider.GetRequiredService<PostTable>())
            .AddSingleton<PostLists>()
            .AddSingleton<PublicPageLists>()
            .AddSingleton<PostStatusLists>()
            .AddDailyTask<StatusListFill>()
            .AddSingleton<PostVersionTable>()
            .AddSingleton<PreviewTable>()
            .AddSingleton<AddressTable>()
            .AddSingleton<SiteTable>()
            .AddSingleton<ChangeCounter>()
            .AddSingleton<RelatedPostsFinder>()
            .AddSingleton(provider => CreateContentPolicy(provider.GetRequiredService<BlogSettings>()))
            .AddSingleton<ContentPolicyLinter>()
            .AddSingleton<BlogIdTable>()
            .AddSingleton<ThemeCheck>()
            .AddSingleton<SiteTextsProvider>()
            .AddSingleton<PostFactory>()
            .AddSingleton<ReferenceCheck>()
            .AddSingleton<TranslationCheck>()
            .AddSingleton<PostValidator>()
            .AddSingleton<Publisher>()
            .AddSingleton<UploadQueueClient>()
            .AddHourlyTask<DuePosts>()
            .AddSingleton<MediaPublisher>()
            .AddSingleton<UnusableNames>()
            .AddSingleton<RevisionRaiser>()
            .AddSingleton<RaiseQueueClient>();

    private static ContentPolicy CreateContentPolicy(BlogSettings settings) =>
        new(settings.FrameSources, settings.BaseUrl.StartsWith("https:", StringComparison.Ordinal));
}

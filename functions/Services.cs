using ServerlessBlog.Admin;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Feeds;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Media;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog;

/// <summary>The services that functions are made of, whichever host runs them.</summary>
internal static class Services
{
    /// <summary>Adds them all. Makes no call.</summary>
    /// <exception cref="SettingException">A setting cannot be used, or is needed and missing.</exception>
    public static void Compose(IHostApplicationBuilder builder)
    {
        var reader = new SettingReader(builder.Configuration);
        var settings = BlogSettings.Read(reader);
        var services = builder.Services;

        services.AddSingleton(settings);
        services.AddSingleton(UnknownSettings.Find(builder.Configuration, reader));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<BlogStorage>();
        services.AddSingleton<FailureTable>();
        services.AddSingleton<FailureRecorder>();
        services.AddSingleton<PoisonQueues>();

        services.AddSingleton<UploadFiles>();
        services.AddSingleton<AcceptedFiles>();
        services.AddSingleton<ReportFiles>();
        services.AddSingleton<PostFactory>();
        services.AddSingleton(new ContentPolicy(settings.FrameSources));
        services.AddSingleton<ContentPolicyLinter>();
        services.AddSingleton<PostValidator>();
        services.AddSingleton<PostTable>();
        services.AddSingleton<PostLists>();
        services.AddSingleton<RelatedPostsFinder>();
        services.AddSingleton<ChangeCounter>();
        services.AddSingleton<AddressTable>();
        services.AddSingleton<SiteTable>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<RevisionRaiser>();
        services.AddSingleton<RaiseQueueClient>();

        services.AddSingleton<MediaFiles>();
        services.AddSingleton<MediaUploads>();
        services.AddSingleton<ThemeFiles>();
        services.AddSingleton<PictureFiles>();
        services.AddSingleton<PictureVariants>();
        services.AddSingleton<MediaPublisher>();

        services.AddSingleton<CommentTable>();
        services.AddSingleton<CommentErasure>();
        services.AddSingleton<CommentLists>();
        services.AddSingleton<RuleTable>();
        services.AddSingleton<ModerationQueueClient>();
        services.AddSingleton<DecisionWriter>();
        services.AddSingleton<CommentModeration>();
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<FloodTable>();
        services.AddSingleton<CommentSubmission>();
        services.AddSingleton<WriterActions>();
        services.AddSingleton<HeldCommentNotification>();

        services.AddSingleton<SignInTable>();
        services.AddSingleton<Moderators>();
        services.AddSingleton<SignInLinkSigner>();
        services.AddSingleton<SignInQueueClient>();
        services.AddSingleton<SignInNotification>();
        services.AddSingleton(SignInHint.None);
        services.AddSingleton<AdminSignIn>();
        services.AddSingleton<CommentListReader>();
        services.AddSingleton<BulkModeration>();
        services.AddSingleton<ModeratorReplies>();
        services.AddSingleton<RulesDryRun>();

        services.AddSingleton<NotificationTable>();
        services.AddSingleton<NotificationQueueClient>();
        services.AddSingleton<NotificationOutbox>();
        services.AddSingleton(provider =>
            NotifierFactory.For(
                settings,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>()
            )
        );

        services.AddSingleton<PageFiles>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<HotPageMiddleware>();
        services.AddSingleton<BuiltInAssets>();
        services.AddSingleton<SiteLayoutProvider>();
        services.AddSingleton<PageResponder>();
        services.AddSingleton<ListPageRenderer>();
        services.AddSingleton<IndexPageRenderer>();
        services.AddSingleton<FeedRenderer>();
        services.AddSingleton<SitemapRenderer>();
        services.AddSingleton<PictureResolver>();
        services.AddSingleton<MediaResponder>();
        services.AddSingleton<PostBodyLoader>();
        services.AddSingleton<PostSummaryBuilder>();
        services.AddSingleton<Avatars>();
        services.AddSingleton<CommentHtmlCache>();
        services.AddSingleton<PostViewBuilder>();
        services.AddSingleton<PostPageRenderer>();
        services.AddSingleton<AdminAuthentication>();
        services.AddSingleton<AdminPageResults>();
        services.AddSingleton<CommentPageRenderer>();
        services.AddSingleton<RulesPageRenderer>();
        services.AddSingleton<FailuresPageRenderer>();
        services.AddSingleton<PostEditorPageRenderer>();
        services.AddSingleton<PostEditor>();
        services.AddSingleton<ErrorPageMiddleware>();
    }
}

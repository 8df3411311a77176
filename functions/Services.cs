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
        services.AddSingleton<FailureNotes>();
        services.AddSingleton<PoisonQueues>();

        services.AddSingleton<UploadFiles>();
        services.AddSingleton<AcceptedFiles>();
        services.AddSingleton<ReportFiles>();
        services.AddSingleton<Acceptance>();
        services.AddSingleton(new ContentPolicy(settings.FrameSources));
        services.AddSingleton<HtmlNotes>();
        services.AddSingleton<PostCheck>();
        services.AddSingleton<PostTable>();
        services.AddSingleton<PostLists>();
        services.AddSingleton<Neighbourhoods>();
        services.AddSingleton<Generation>();
        services.AddSingleton<AddressTable>();
        services.AddSingleton<SiteTable>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<PageRaiser>();
        services.AddSingleton<RaiseInbox>();

        services.AddSingleton<MediaFiles>();
        services.AddSingleton<MediaIntake>();
        services.AddSingleton<ThemeFiles>();
        services.AddSingleton<PictureFiles>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<MediaPublisher>();

        services.AddSingleton<CommentTable>();
        services.AddSingleton<CommentLists>();
        services.AddSingleton<RuleTable>();
        services.AddSingleton<ModerationInbox>();
        services.AddSingleton<CommentModeration>();
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<FloodTable>();
        services.AddSingleton<CommentIntake>();
        services.AddSingleton<OwnComment>();
        services.AddSingleton<HeldNotice>();

        services.AddSingleton<DeskTable>();
        services.AddSingleton<Moderators>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<SignInInbox>();
        services.AddSingleton<SignInNotice>();
        services.AddSingleton(SignInHint.None);
        services.AddSingleton<DeskSessions>();
        services.AddSingleton<CommentShelf>();
        services.AddSingleton<DeskWork>();
        services.AddSingleton<DeskPen>();
        services.AddSingleton<RuleTrial>();

        services.AddSingleton<NoticeTable>();
        services.AddSingleton<NoticeInbox>();
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton(provider => Notifiers.For(settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));

        services.AddSingleton<PageFiles>();
        services.AddSingleton<PageCache>();
        services.AddSingleton<WarmPages>();
        services.AddSingleton<Look>();
        services.AddSingleton<Frames>();
        services.AddSingleton<Front>();
        services.AddSingleton<ListPages>();
        services.AddSingleton<IndexPages>();
        services.AddSingleton<FeedPages>();
        services.AddSingleton<CrawlerPages>();
        services.AddSingleton<SitePictures>();
        services.AddSingleton<MediaAnswers>();
        services.AddSingleton<PostBodies>();
        services.AddSingleton<PostCards>();
        services.AddSingleton<Faces>();
        services.AddSingleton<CommentHtml>();
        services.AddSingleton<PostViews>();
        services.AddSingleton<PostPages>();
        services.AddSingleton<DeskDoor>();
        services.AddSingleton<DeskAnswers>();
        services.AddSingleton<DeskPages>();
        services.AddSingleton<RulePages>();
        services.AddSingleton<FailurePages>();
        services.AddSingleton<EditPages>();
        services.AddSingleton<EditWork>();
        services.AddSingleton<Edge>();
    }
}

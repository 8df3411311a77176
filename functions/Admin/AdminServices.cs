using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Admin.Mail;
using ServerlessBlog.Admin.Posts;
using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Admin.Theme;

namespace ServerlessBlog.Admin;

/// <summary>Registers the services of this folder.</summary>
internal static class AdminServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddAdmin(this IServiceCollection services) =>
        services
            .AddSingleton<SignInTable>()
            .AddSingleton<Moderators>()
            .AddSingleton<SignInLinkSigner>()
            .AddSingleton<SignInQueueClient>()
            .AddSingleton<SignInNotification>()
            .AddSingleton(SignInHint.None)
            .AddSingleton<AdminSignIn>()
            .AddSingleton<PasskeyTable>()
            .AddSingleton<PasskeySignIn>()
            .AddSingleton<SessionsPageRenderer>()
            .AddSingleton<AdminAuthentication>()
            .AddSingleton<AdminMenu>()
            .AddSingleton<AdminPageResults>()
            .AddSingleton<CommentListReader>()
            .AddSingleton<CommentPageRenderer>()
            .AddSingleton<BulkModeration>()
            .AddSingleton<ActionResultSigner>()
            .AddSingleton<ReviewPageRenderer>()
            .AddSingleton<ModeratorReplies>()
            .AddSingleton<RulesDryRun>()
            .AddSingleton<RulesPageRenderer>()
            .AddSingleton<SiteEditor>()
            .AddSingleton<SitePageRenderer>()
            .AddSingleton<ThemeEditor>()
            .AddSingleton<ThemePreview>()
            .AddSingleton<ThemePageRenderer>()
            .AddSingleton<MailPageRenderer>()
            .AddSingleton<FailuresPageRenderer>()
            .AddHourlyTask<FailureMails>()
            .AddSingleton<PostListReader>()
            .AddSingleton<PostListPageRenderer>()
            .AddSingleton<PostDetailsRenderer>()
            .AddSingleton<PostActions>()
            .AddSingleton<PreviewLinks>()
            .AddSingleton<PostEditor>()
            .AddSingleton<PostEditorPageRenderer>();
}

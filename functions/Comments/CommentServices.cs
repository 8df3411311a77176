using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Comments;

/// <summary>Registers the services of this folder.</summary>
internal static class CommentServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddComments(this IServiceCollection services) =>
        services
            .AddSingleton<CommentTable>()
            .AddSingleton<CommentRows>()
            .AddSingleton<CommentLists>()
            .AddSingleton<RuleTable>()
            .AddSingleton<FloodTable>()
            .AddSingleton<DailyComments>()
            .AddSingleton<CommentHtmlCache>()
            .AddSingleton<PublicCommentFactory>()
            .AddSingleton<LatestComments>()
            .AddSingleton<SignedLinks>()
            .AddSingleton<FormTokens>()
            .AddSingleton<CommentSubmission>()
            .AddSingleton<WriterActions>()
            .AddSingleton<DecisionWriter>()
            .AddSingleton<CommentRemoval>()
            .AddSingleton<CommentModeration>()
            .AddSingleton(VerdictWaitTimes.Default)
            .AddSingleton<VerdictWaiter>()
            .AddSingleton<ModerationQueueClient>()
            .AddSingleton<CommentNotification>()
            .AddSingleton<AuthorMailTable>()
            .AddHourlyTask<AuthorMails>()
            .AddSingleton<INotificationSource>(provider => provider.GetRequiredService<AuthorMails>())
            .AddSingleton<JudgedComments>()
            .AddSingleton<INotificationSource>(provider => provider.GetRequiredService<JudgedComments>())
            .AddHourlyTask<LostComments>()
            .AddDailyTask<ForgetAddresses>()
            .AddDailyTask<ForgetComments>()
            .AddDailyTask<ForgetMailAddresses>();
}

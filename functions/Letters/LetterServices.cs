using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Letters.Replies;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Letters;

/// <summary>Registers the services of this folder.</summary>
internal static class LetterServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddLetters(this IServiceCollection services) =>
        services
            .AddSingleton<RecipientTable>()
            .AddSingleton<LetterLinks>()
            .AddSingleton<LetterChoices>()
            .AddSingleton<FollowerTable>()
            .AddSingleton<ReplyLetterWriter>()
            .AddSingleton<ReplyLetters>()
            .AddSingleton<IApprovedCommentHandler>(provider => provider.GetRequiredService<ReplyLetters>())
            .AddSingleton<INotificationSource>(provider => provider.GetRequiredService<ReplyLetters>())
            .AddSingleton<MailingTable>()
            .AddSingleton<MailingContentReader>()
            .AddSingleton<PostLetterWriter>()
            .AddSingleton<MailingSender>()
            .AddHourlyTask<MailingSchedule>()
            .AddSingleton<IDailyTask>(provider => provider.GetRequiredService<MailingSchedule>())
            .AddSingleton<IPostChangeHandler>(provider => provider.GetRequiredService<MailingSchedule>())
            .AddSingleton<INotificationSource>(provider => provider.GetRequiredService<MailingSchedule>())
            .AddSingleton<SubscriptionRequests>()
            .AddSingleton<SubscriptionLimits>()
            .AddDailyTask<ForgetUnconfirmed>();
}

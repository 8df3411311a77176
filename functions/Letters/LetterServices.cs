using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Letters.Bounces;
using ServerlessBlog.Letters.Replies;

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
            .AddSingleton<IJudgedCommentHandler>(provider => provider.GetRequiredService<ReplyLetters>())
            .AddSingleton<RecipientImport>()
            .AddSingleton<SubscriptionRequests>()
            .AddSingleton<SubscriptionLimits>()
            .AddSingleton<BounceFiles>()
            .AddDailyTask<ReadBounces>()
            .AddDailyTask<ForgetUnconfirmed>()
            .AddDailyTask<ForgetIdle>();
}

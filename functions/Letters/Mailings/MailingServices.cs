using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>Registers the services of this folder.</summary>
internal static class MailingServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddMailings(this IServiceCollection services) =>
        services
            .AddSingleton<MailingTable>()
            .AddSingleton<MailingContentReader>()
            .AddSingleton<PostLetterWriter>()
            .AddSingleton<MailingProgress>()
            .AddSingleton<MailingSender>()
            .AddHourlyTask<MailingSchedule>()
            .AddSingleton<IDailyTask>(provider => provider.GetRequiredService<MailingSchedule>())
            .AddSingleton<IPostChangeHandler>(provider => provider.GetRequiredService<MailingSchedule>())
            .AddSingleton<INotificationSource>(provider => provider.GetRequiredService<MailingSchedule>());
}

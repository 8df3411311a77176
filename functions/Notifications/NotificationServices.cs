namespace ServerlessBlog.Notifications;

/// <summary>Registers the services of this folder.</summary>
internal static class NotificationServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) =>
        services
            .AddSingleton<NotificationTable>()
            .AddSingleton<NotificationQueueClient>()
            .AddSingleton<NotificationDelivery>()
            .AddSingleton<NotificationOutbox>()
            .AddHourlyTask<LateNotifications>()
            .AddDailyTask<ForgetNotifications>()
            .AddSingleton(provider =>
                NotifierFactory.For(
                    provider.GetRequiredService<BlogSettings>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILoggerFactory>()
                )
            );
}

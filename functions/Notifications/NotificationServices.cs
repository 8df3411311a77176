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
            .AddSingleton(provider => new WebhookSender(
                provider.GetRequiredService<BlogSettings>(),
                new HttpMessageInvoker(PublicHttp.CreateHandler()),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<INotifier>(provider => new NotifierByKind(
                NotifierFactory.For(
                    provider.GetRequiredService<BlogSettings>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILoggerFactory>()
                ),
                provider.GetRequiredService<WebhookSender>()
            ));
}

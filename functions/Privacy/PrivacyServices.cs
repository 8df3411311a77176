namespace ServerlessBlog.Privacy;

/// <summary>Registers the services of this folder.</summary>
internal static class PrivacyServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services) =>
        services.AddSingleton<PrivacyRequestTable>().AddDailyTask<PrivacyRequests>().AddSingleton<PersonalDataStore>();
}

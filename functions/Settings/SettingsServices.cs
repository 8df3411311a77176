namespace ServerlessBlog.Settings;

/// <summary>Registers the blog's settings.</summary>
internal static class SettingsServices
{
    /// <summary>Reads all settings and adds them, with the clock. Makes no call to storage.</summary>
    /// <exception cref="SettingException">A setting has an unusable value, or a required one is missing.</exception>
    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        var reader = new SettingReader(configuration);
        return services
            .AddSingleton(BlogSettings.Read(reader))
            .AddSingleton(UnknownSettings.Find(configuration, reader))
            .AddSingleton(TimeProvider.System);
    }
}

namespace ServerlessBlog.Media;

/// <summary>Registers the services of this folder.</summary>
internal static class MediaServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services) =>
        services
            .AddSingleton<MediaFiles>()
            .AddSingleton<IMediaLookup>(provider => provider.GetRequiredService<MediaFiles>())
            .AddSingleton<MediaTraffic>()
            .AddSingleton<MediaUploads>()
            .AddSingleton<ThemeFiles>()
            .AddSingleton<IThemeLookup>(provider => provider.GetRequiredService<ThemeFiles>())
            .AddSingleton<EncodingThread>()
            .AddSingleton<PictureFiles>()
            .AddSingleton<CardFiles>()
            .AddSingleton<PictureVariants>();
}

namespace ServerlessBlog.Hosting;

/// <summary>Registers the services of this folder.</summary>
internal static class HostingServices
{
    /// <summary>Adds the services as singletons. Makes no call to storage.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services) =>
        services
            .AddSingleton<BlogStorage>()
            .AddSingleton(services => new StorageCircuit(
                TimeProvider.System, // of the network, whatever clock the blog has
                services.GetRequiredService<ILogger<StorageCircuit>>()
            ))
            .AddSingleton<FailureTable>()
            .AddSingleton<FailureRecorder>()
            .AddSingleton<PoisonQueues>()
            .AddSingleton<WatchPoison>();
}

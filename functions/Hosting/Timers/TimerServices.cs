namespace ServerlessBlog.Hosting.Timers;

/// <summary>Registers the tasks of the timer functions.</summary>
internal static class TimerServices
{
    /// <summary>Adds a class as a singleton that <see cref="CheckHourly"/> runs.</summary>
    public static IServiceCollection AddHourlyTask<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this IServiceCollection services)
        where T : class, IHourlyTask =>
        services.AddSingleton<T>().AddSingleton<IHourlyTask>(provider => provider.GetRequiredService<T>());

    /// <summary>Adds a class as a singleton that <see cref="CleanUpDaily"/> runs.</summary>
    public static IServiceCollection AddDailyTask<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T
    >(this IServiceCollection services)
        where T : class, IDailyTask =>
        services.AddSingleton<T>().AddSingleton<IDailyTask>(provider => provider.GetRequiredService<T>());
}

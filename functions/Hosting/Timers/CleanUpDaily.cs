namespace ServerlessBlog.Hosting.Timers;

/// <summary>Timer, daily at 00:20 UTC: runs every <see cref="IDailyTask"/>.</summary>
public sealed class CleanUpDaily(IEnumerable<IDailyTask> tasks)
{
    /// <param name="timer">The host's timer information; not used.</param>
    /// <param name="cancellationToken">Stops the tasks; the next run does the rest.</param>
    /// <remarks>A task that fails does not stop the others; the invocation fails after all have ended.</remarks>
    [Function(nameof(CleanUpDaily))]
    public Task RunAsync([TimerTrigger("0 20 0 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        Task.WhenAll(tasks.Select(task => task.RunAsync(cancellationToken)));
}

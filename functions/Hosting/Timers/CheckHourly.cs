namespace ServerlessBlog.Hosting.Timers;

/// <summary>
/// Timer, every hour: runs every <see cref="IHourlyTask"/>. What must happen at a time is a queue message that becomes
/// visible then; this function finds what became of none.
/// </summary>
public sealed class CheckHourly(IEnumerable<IHourlyTask> tasks)
{
    /// <param name="timer">The host's timer information; not used.</param>
    /// <param name="cancellationToken">Stops the checks; the next run does the rest.</param>
    /// <remarks>A check that fails does not stop the others; the invocation fails after all have ended.</remarks>
    [Function(nameof(CheckHourly))]
    public Task RunAsync([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        Task.WhenAll(tasks.Select(task => task.RunAsync(cancellationToken)));
}

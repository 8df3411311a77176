namespace ServerlessBlog.Hosting.Timers;

/// <summary>Housekeeping that <see cref="CleanUpDaily"/> runs.</summary>
public interface IDailyTask
{
    /// <summary>Runs the task. Idempotent.</summary>
    /// <param name="cancellationToken">Stops the task; the next run does the rest.</param>
    Task RunAsync(CancellationToken cancellationToken);
}

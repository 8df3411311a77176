namespace ServerlessBlog.Hosting.Timers;

/// <summary>
/// A check that <see cref="CheckHourly"/> runs. It finds what a lost queue message has left undone, so it normally
/// finds nothing.
/// </summary>
public interface IHourlyTask
{
    /// <summary>Runs the check. Idempotent.</summary>
    /// <param name="cancellationToken">Stops the check; the next one does the rest.</param>
    Task RunAsync(CancellationToken cancellationToken);
}

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Daily at 03:30 UTC: deletes pages stored more than 30 days ago, most of them long superseded. One that is requested
/// again is rendered again.
/// </summary>
public sealed class SweepPages(PageFiles files, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <param name="timer">The host's timer information; not used.</param>
    /// <param name="cancellationToken">Cancels the deletion; the next run deletes the remaining pages.</param>
    [Function(nameof(SweepPages))]
    public Task RunAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        files.SweepAsync(clock.GetUtcNow() - Lifetime, cancellationToken);
}

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Daily: deletes pages stored more than 30 days ago, most of them long superseded. One that is requested
/// again is rendered again.
/// </summary>
public sealed class SweepPages(PageFiles files, TimeProvider clock) : IDailyTask
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) =>
        files.SweepAsync(clock.GetUtcNow() - Lifetime, cancellationToken);
}

using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Web.Caching;

/// <summary>Once a day: deletes pages rendered more than 30 days ago, most of them long superseded. One that is still read is rendered again.</summary>
public sealed class SweepPages(PageFiles files, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <param name="timer">The host's clock.</param>
    /// <param name="cancellationToken">Stops the work; what is left is done the next day.</param>
    [Function(nameof(SweepPages))]
    public Task RunAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        files.SweepAsync(clock.GetUtcNow() - Lifetime, cancellationToken);
}

using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Runs daily at 00:10 UTC: deletes the keys and HMACs of IP addresses of past days, which makes them unidentifiable.
/// </summary>
public sealed class ForgetAddresses(FloodTable flood)
{
    /// <param name="timer">The timer.</param>
    /// <param name="cancellationToken">Stops the work; the rest is done the next day.</param>
    [Function(nameof(ForgetAddresses))]
    public Task RunAsync([TimerTrigger("0 10 0 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        flood.DeletePastDaysAsync(cancellationToken);
}

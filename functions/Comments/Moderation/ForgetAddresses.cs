using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Daily: deletes the keys and HMACs of IP addresses of past days, which makes them unidentifiable.
/// </summary>
public sealed class ForgetAddresses(FloodTable flood) : IDailyTask
{
    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => flood.DeletePastDaysAsync(cancellationToken);
}

using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Once a day: throws away by which addresses of past days were known, so that nobody can find out any more who they were.</summary>
public sealed class ForgetAddresses(FloodTable flood)
{
    /// <param name="timer">The host's clock.</param>
    /// <param name="cancellationToken">Stops the work; what is left is done the next day.</param>
    [Function(nameof(ForgetAddresses))]
    public Task RunAsync([TimerTrigger("0 10 0 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        flood.ForgetAsync(cancellationToken);
}

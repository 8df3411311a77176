using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Daily: takes the mail addresses out of comments that were approved <see cref="BlogSettings.AddressDays"/> ago. Each
/// run reads those only that came of age since the run before.
/// </summary>
public sealed class ForgetMailAddresses(
    CommentLists lists,
    CommentRemoval removal,
    BlogSettings settings,
    TimeProvider clock
) : IDailyTask
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.AddressDays == 0)
        {
            return;
        }

        var (now, since) = (clock.GetUtcNow(), await lists.ReadForgottenUntilAsync(cancellationToken));
        var until = now.AddDays(-settings.AddressDays);
        await foreach (var key in lists.ReadPeriodAsync(CommentState.Approved, since, until, cancellationToken))
        {
            await removal.ForgetMailAsync(key, now, cancellationToken);
        }

        if (until > since)
        {
            await lists.SaveForgottenUntilAsync(until, cancellationToken);
        }
    }
}

using ServerlessBlog.Letters.Replies;

namespace ServerlessBlog.Letters;

/// <summary>
/// Daily: deletes the recipients who get no new posts, and no letter about a reply for
/// <see cref="BlogSettings.AddressDays"/>.
/// </summary>
public sealed class ForgetIdle(
    RecipientTable recipients,
    FollowerTable followers,
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

        var before = clock.GetUtcNow().AddDays(-settings.AddressDays);
        await foreach (var (recipient, _) in recipients.ReadAsync("", cancellationToken))
        {
            if (recipient is { Posts: null, Wanted: null } && recipient.LastLetter < before)
            {
                await followers.DeleteAllAsync(recipient.Id, cancellationToken);
                await recipients.DeleteAsync(recipient, cancellationToken);
            }
        }
    }
}

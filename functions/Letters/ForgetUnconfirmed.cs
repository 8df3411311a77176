namespace ServerlessBlog.Letters;

/// <summary>
/// Daily: deletes the addresses that nobody has confirmed within <see cref="KeepFor"/> after they were entered or
/// refused a letter last.
/// </summary>
public sealed class ForgetUnconfirmed(RecipientTable recipients, TimeProvider clock) : IDailyTask
{
    /// <summary>How long an unconfirmed address is kept: 7 days.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - KeepFor;
        await foreach (var (recipient, _) in recipients.ReadAsync("", cancellationToken))
        {
            var last = new[] { recipient.Created, recipient.Asked, recipient.LastRefusal }.Max();
            if (recipient.Confirmed is null && last < before)
            {
                await recipients.DeleteAsync(recipient, cancellationToken);
            }
        }
    }
}

using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>Sends a mailing, a slice in each execution.</summary>
/// <remarks>
/// The row decides, as in <see cref="NotificationDelivery"/>: before each step a message is sent that comes when this
/// execution was killed. The row is written after every letter, so that at most the one in flight is sent twice, with
/// the same Message-ID; nobody is left out, since the row names the last whose turn is over.
/// </remarks>
public sealed class MailingSender(
    MailingTable mailings,
    RecipientTable recipients,
    MailingProgress progress,
    MailingContentReader contents,
    PostLetterWriter writer,
    INotifier notifier,
    NotificationQueueClient queue,
    SiteTextsProvider words,
    BlogSettings settings,
    TimeProvider clock
)
{
    private static readonly TimeSpan SliceTime = TimeSpan.FromMinutes(1);

    /// <summary>Sends the next slice of a mailing if it is due.</summary>
    /// <param name="key">The key from a message; one of no mailing is ignored.</param>
    /// <param name="cancellationToken">Stops the work; the rest is done when the claim expires.</param>
    public async Task SendAsync(string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await mailings.FindAsync(key, cancellationToken) is not { Value: { IsSettled: false } mailing } read)
        {
            return;
        }

        if (mailing.ClaimedUntil > now)
        {
            // The claim may have been extended since the message was sent that checks on it.
            var rest = mailing.ClaimedUntil.Value - now + NotificationDelivery.ClockSkew;
            await queue.SendAsync(MailingSchedule.MessageFor(key), rest, cancellationToken);
            return;
        }

        if (mailing.NotBefore > now + NotificationDelivery.ClockSkew)
        {
            return; // Whoever wrote the time has sent a message for it.
        }

        var check = await queue.SendAsync(
            MailingSchedule.MessageFor(key),
            Mailing.ClaimTime + NotificationDelivery.ClockSkew,
            cancellationToken
        );
        var claimed = await mailings.ReplaceAsync(
            read,
            mailing with
            {
                ClaimedUntil = now + Mailing.ClaimTime,
            },
            cancellationToken
        );
        if (claimed is not null && await SendSliceAsync(claimed, cancellationToken))
        {
            await queue.DeleteAsync(check, cancellationToken);
        }
    }

    /// <summary>Sends a slice of a claimed mailing. Returns false when another execution has it now.</summary>
    private async Task<bool> SendSliceAsync(Versioned<Mailing> claimed, CancellationToken cancellationToken)
    {
        if (await contents.ReadAsync(claimed.Value, cancellationToken) is not { } content)
        {
            return await progress.EndAsync(claimed, MailingState.Cancelled, cancellationToken);
        }

        var slice = new Slice(claimed, content, await words.CurrentAsync(cancellationToken));
        try
        {
            await using var connection = await notifier.OpenAsync(cancellationToken);
            var isWhole = await SendToAllAsync(slice, connection, cancellationToken);
            return isWhole is null ? false
                : isWhole is false ? await progress.PauseAsync(slice.Mailing, SliceTime, cancellationToken)
                : await SettleAsync(slice, connection, cancellationToken);
        }
        catch (NotifierException problem)
        {
            return await progress.FailAsync(slice.Mailing, problem.Message, cancellationToken);
        }
    }

    /// <summary>
    /// Sends to those whose turn it is. Returns false when there are more, null when another execution has it now.
    /// </summary>
    private async Task<bool?> SendToAllAsync(
        Slice slice,
        INotifierConnection connection,
        CancellationToken cancellationToken
    )
    {
        await foreach (var (recipient, _) in recipients.ReadAsync(slice.Mailing.Value.Cursor, cancellationToken))
        {
            if (PostLetterWriter.PostsFor(recipient, slice.Mailing.Value, slice.Content) is not { Count: > 0 })
            {
                continue;
            }

            if (slice.Sent == settings.LettersPerMinute)
            {
                return false;
            }

            slice.Sent++;
            var outcome = await TrySendAsync(slice, recipient, connection, cancellationToken);
            if (
                await progress.AdvanceAsync(slice.Mailing, recipient.Id, outcome, cancellationToken) is not { } advanced
            )
            {
                return null;
            }

            slice.Mailing = advanced;
        }

        return true;
    }

    private async Task<Refusal> TrySendAsync(
        Slice slice,
        Recipient recipient,
        INotifierConnection connection,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var letter = writer.Write(recipient, slice.Mailing.Value, slice.Content, slice.Texts);
            await connection.SendAsync(letter, cancellationToken);
            return Refusal.None;
        }
        catch (NotifierException problem) when (problem.Refusal == Refusal.Temporary)
        {
            await mailings.PostponeAsync(slice.Mailing.Value.Key, recipient.Id, cancellationToken);
            slice.Postponed.Add(recipient.Id);
            return Refusal.Temporary;
        }
        catch (NotifierException problem) when (problem.Refusal == Refusal.Permanent)
        {
            await recipients.ChangeAsync(
                recipient.Id,
                current => current.WithRefusal(clock.GetUtcNow()),
                cancellationToken
            );
            return Refusal.Permanent;
        }
    }

    /// <summary>Everybody's turn is over: tries those again whom the server could not take for the moment.</summary>
    private async Task<bool> SettleAsync(
        Slice slice,
        INotifierConnection connection,
        CancellationToken cancellationToken
    )
    {
        var (key, left) = (slice.Mailing.Value.Key, 0);
        var isOver = clock.GetUtcNow() - slice.Mailing.Value.Created > Mailing.RetryPeriod;
        foreach (var id in await mailings.ReadPostponedAsync(key, cancellationToken))
        {
            if (slice.Postponed.Contains(id) || slice.Sent == settings.LettersPerMinute)
            {
                left++;
                continue;
            }

            if (
                await recipients.FindAsync(id, cancellationToken) is not { Value: var recipient }
                || PostLetterWriter.PostsFor(recipient, slice.Mailing.Value, slice.Content).Count == 0
            )
            {
                await mailings.RemovePostponedAsync(key, id, cancellationToken);
                continue;
            }

            slice.Sent++;
            var outcome = await TrySendAsync(slice, recipient, connection, cancellationToken);
            if (outcome == Refusal.Temporary && !isOver)
            {
                left++;
                continue;
            }

            await mailings.RemovePostponedAsync(key, id, cancellationToken);
            if (await progress.AdvanceAsync(slice.Mailing, id, outcome, cancellationToken) is not { } advanced)
            {
                return false;
            }

            slice.Mailing = advanced;
        }

        return left > 0
            ? await progress.FailAsync(slice.Mailing, "The mail server could not take everybody's.", cancellationToken)
            : await progress.EndAsync(slice.Mailing, MailingState.Done, cancellationToken);
    }

    /// <summary>The work of one execution.</summary>
    private sealed class Slice(Versioned<Mailing> mailing, MailingContent content, SiteTexts texts)
    {
        public Versioned<Mailing> Mailing { get; set; } = mailing;

        public MailingContent Content => content;

        public SiteTexts Texts => texts;

        /// <summary>The number of letters tried.</summary>
        public int Sent { get; set; }

        /// <summary>The recipients whom the server could not take just now.</summary>
        public HashSet<string> Postponed { get; } = [];
    }
}

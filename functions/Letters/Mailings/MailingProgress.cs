using ServerlessBlog.Notifications;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>
/// Writes how far a mailing is. Each method returns that another execution has the mailing now by false or null.
/// </summary>
public sealed partial class MailingProgress(
    MailingTable mailings,
    NotificationQueueClient queue,
    TimeProvider clock,
    ILogger<MailingProgress> logger
)
{
    /// <summary>Notes that a recipient's turn is over, and extends the claim.</summary>
    public Task<Versioned<Mailing>?> AdvanceAsync(
        Versioned<Mailing> read,
        string recipient,
        Refusal outcome,
        CancellationToken cancellationToken
    )
    {
        var mailing = read.Value;
        return mailings.ReplaceAsync(
            read,
            mailing with
            {
                Cursor = string.CompareOrdinal(recipient, mailing.Cursor) > 0 ? recipient : mailing.Cursor,
                Sent = mailing.Sent + (outcome == Refusal.None ? 1 : 0),
                Refused = mailing.Refused + (outcome == Refusal.Permanent ? 1 : 0),
                Attempts = outcome == Refusal.None ? 0 : mailing.Attempts,
                ClaimedUntil = clock.GetUtcNow() + Mailing.ClaimTime,
            },
            cancellationToken
        );
    }

    /// <summary>Notes that nothing more can be sent for now; after two days, for good.</summary>
    public Task<bool> FailAsync(Versioned<Mailing> read, string problem, CancellationToken cancellationToken)
    {
        var failed = read.Value with { Attempts = read.Value.Attempts + 1, LastProblem = problem };
        LogFailed(failed.Key, failed.Attempts, problem);
        return clock.GetUtcNow() - failed.Created > Mailing.RetryPeriod
            ? EndAsync(read with { Value = failed }, MailingState.Failed, cancellationToken)
            : PauseAsync(read with { Value = failed }, failed.Backoff, cancellationToken);
    }

    /// <summary>Gives the mailing back, after the message that goes on with it.</summary>
    public async Task<bool> PauseAsync(Versioned<Mailing> read, TimeSpan pause, CancellationToken cancellationToken)
    {
        await queue.SendAsync(
            MailingSchedule.MessageFor(read.Value.Key),
            pause + NotificationDelivery.ClockSkew,
            cancellationToken
        );
        var paused = read.Value with { ClaimedUntil = null, NotBefore = clock.GetUtcNow() + pause };
        return await mailings.ReplaceAsync(read, paused, cancellationToken) is not null;
    }

    /// <summary>Ends the mailing.</summary>
    public async Task<bool> EndAsync(Versioned<Mailing> read, MailingState state, CancellationToken cancellationToken)
    {
        LogEnded(read.Value.Key, state, read.Value.Sent, read.Value.Refused);
        var ended = read.Value with { State = state, ClaimedUntil = null };
        return await mailings.ReplaceAsync(read, ended, cancellationToken) is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mailing {Key} cannot go on (attempt {Attempt}): {Problem}")]
    private partial void LogFailed(string key, int attempt, string problem);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The mailing {Key} is {State}: {Sent} letters sent, {Refused} refused."
    )]
    private partial void LogEnded(string key, MailingState state, int sent, int refused);
}

namespace ServerlessBlog.Notifications;

/// <summary>Sends a notification once: at once when it is added, later when a message about it arrives.</summary>
/// <remarks>
/// <para>
/// The row decides; a message only says that the row is to be checked. Invariant: while a notification is neither sent
/// nor failed, a message is on its way that arrives when it is due. Therefore every step first sends the message that
/// is needed if the process is killed, and then writes the row:
/// </para>
/// <list type="number">
/// <item>
/// A check message is sent, delayed until after the claim expires. Killed now: nothing is claimed, and this delivery,
/// when retried, or the check starts over.
/// </item>
/// <item>
/// The row is claimed, or added as claimed. Killed now, or the claim fails because another delivery has it: the check
/// finds the claim expired and starts over.
/// </item>
/// <item>
/// The notifier sends. Killed during it, or before the next step: the same. If the server had accepted the mail, it is
/// sent twice.
/// </item>
/// <item>
/// On success, the row is marked as sent, the check of step 1 is deleted, and all later messages end without effect. On
/// failure, a check message delayed by the backoff is sent. Killed now: that check may find the claim and end, but the
/// check of step 1 comes.
/// </item>
/// <item>
/// The row waits until the backoff is over. Messages that come earlier end without effect, so duplicates cost no
/// attempt.
/// </item>
/// </list>
/// <para>
/// A delivery sends at most two messages, and only when the notification is due; once the backoff exceeds 2 min, the
/// check of step 1 always comes too early and ends. So messages do not multiply. A write that succeeded but whose
/// response was lost (412 when the client retries) looks like that of another delivery; the check of step 1 covers that
/// case too.
/// </para>
/// </remarks>
public sealed partial class NotificationDelivery(
    NotificationTable notifications,
    NotificationQueueClient queue,
    INotifier notifier,
    TimeProvider clock,
    ILogger<NotificationDelivery> logger
)
{
    /// <summary>
    /// Allowance for the clock skew between machines: 5 s. A check that comes too early would end, and no other would
    /// follow.
    /// </summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>The age from which a notification is late when an attempt fails: 1 h.</summary>
    internal static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// Adds a notification and makes the first attempt to send it. One with the same id that is there already is
    /// delivered as by <see cref="DeliverAsync"/>.
    /// </summary>
    public async Task AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var check = await SendCheckAsync(notification.Id, cancellationToken);
        if (await notifications.AddAsync(notification.AsClaimed(now), cancellationToken) is { } claimed)
        {
            await TryAsync(claimed, check, cancellationToken);
        }
        else
        {
            // The check stays: this may be the row that this call has added, when the response was lost.
            await DeliverAsync(notification.Id, cancellationToken);
        }
    }

    /// <summary>Makes an attempt to send a notification if it is due.</summary>
    /// <param name="id">The id from a message; one of no notification is ignored.</param>
    /// <param name="cancellationToken">Stops the work; the notification is tried again when the claim expires.</param>
    public async Task DeliverAsync(string id, CancellationToken cancellationToken)
    {
        if (!Notification.IsId(id) || await notifications.FindAsync(id, cancellationToken) is not { } read)
        {
            LogUnknown(id);
            return;
        }

        var now = clock.GetUtcNow();
        if (read.Value.IsAbandoned(now))
        {
            await WriteOutcomeAsync(
                read,
                read.Value.AsFailedAttempt("The last try was cut off.", now),
                cancellationToken
            );
            return;
        }

        if (!read.Value.IsDue(now))
        {
            return;
        }

        var check = await SendCheckAsync(id, cancellationToken);
        if (await notifications.ReplaceAsync(read, read.Value.AsClaimed(now), cancellationToken) is { } claimed)
        {
            await TryAsync(claimed, check, cancellationToken);
        }
    }

    /// <summary>
    /// Sends the message that checks on an attempt after its claim has expired. The time of the claim must have been
    /// read before.
    /// </summary>
    private Task<SentCheck> SendCheckAsync(string id, CancellationToken cancellationToken) =>
        queue.SendAsync(id, Notification.ClaimTime + ClockSkew, cancellationToken);

    /// <summary>Makes an attempt with a claimed notification and writes the outcome.</summary>
    private async Task TryAsync(Versioned<Notification> claimed, SentCheck check, CancellationToken cancellationToken)
    {
        var outcome = await SendAsync(claimed.Value, cancellationToken);
        if (await WriteOutcomeAsync(claimed, outcome, cancellationToken) && outcome.State == NotificationState.Sent)
        {
            await queue.DeleteAsync(check, cancellationToken);
        }
    }

    /// <summary>Makes an attempt to send. Returns the notification to write to the row.</summary>
    private async Task<Notification> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            await notifier.SendAsync(notification, cancellationToken);
            return notification.AsSent();
        }
        catch (NotifierException problem)
        {
            var isFinal = problem.Refusal == Refusal.Permanent;
            return notification.AsFailedAttempt(problem.Message, clock.GetUtcNow(), isFinal);
        }
    }

    /// <summary>
    /// Writes the outcome to the row, after the next check message when there is to be another attempt. Returns false
    /// when the row has changed meanwhile.
    /// </summary>
    private async Task<bool> WriteOutcomeAsync(
        Versioned<Notification> read,
        Notification notification,
        CancellationToken cancellationToken
    )
    {
        if (notification.State == NotificationState.Waiting)
        {
            await queue.SendAsync(notification.Id, notification.Backoff + ClockSkew, cancellationToken);
        }

        if (await notifications.ReplaceAsync(read, notification, cancellationToken) is null)
        {
            LogOverrun(notification.Id, notification.State);
            return false;
        }

        LogOutcome(notification);
        return true;
    }

    private void LogOutcome(Notification notification)
    {
        BlogTelemetry.MailTried(notification.State.ToString().ToLowerInvariant());
        switch (notification.State)
        {
            case NotificationState.Sent:
                LogSent(notification.Id, notification.Attempts);
                break;
            case NotificationState.Waiting:
                LogPutOff(notification.Id, notification.Attempts, notification.Backoff, notification.LastProblem);
                break;
            default:
                LogGivenUp(notification.Id, notification.Attempts, notification.LastProblem);
                break;
        }

        LogIfLate(notification);
    }

    private void LogIfLate(Notification notification)
    {
        var age = clock.GetUtcNow() - notification.Created;
        if (notification.State != NotificationState.Sent && age > LateAfter)
        {
            LogLate(TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)), notification.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no notice {Id}: nothing to send.")]
    private partial void LogUnknown(string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {Id} was sent (attempt {Attempts}).")]
    private partial void LogSent(string id, int attempts);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Notice {Id} was not sent (attempt {Attempts}), again in {Backoff}: {Problem}"
    )]
    private partial void LogPutOff(string id, int attempts, TimeSpan backoff, string? problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Notice {Id} is given up after {Attempts} attempts: nobody was told. {Problem}"
    )]
    private partial void LogGivenUp(string id, int attempts, string? problem);

    [LoggerMessage(Level = LogLevel.Error, Message = SendNotification.LateMessagePrefix + " for {Age}: {Id}.")]
    private partial void LogLate(TimeSpan age, string id);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Notice {Id} changed meanwhile, so the outcome ({State}) was not noted: it may be sent once more."
    )]
    private partial void LogOverrun(string id, NotificationState state);
}

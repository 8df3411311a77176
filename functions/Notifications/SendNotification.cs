namespace ServerlessBlog.Notifications;

/// <summary>Queue function: sends a waiting notification once, however often its messages are delivered.</summary>
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
/// The row is claimed. Killed now, or the claim fails because another delivery has it: the check finds the claim
/// expired and starts over.
/// </item>
/// <item>
/// The notifier sends. Killed during it, or before the next step: the same. If the server had accepted the mail, it is
/// sent twice.
/// </item>
/// <item>
/// On success, the row is marked as sent, and all later messages end without effect. On failure, a check message
/// delayed by the backoff is sent. Killed now: that check may find the claim and end, but the check of step 1 comes.
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
public sealed partial class SendNotification(
    NotificationTable notifications,
    NotificationQueueClient queue,
    INotifier notifier,
    TimeProvider clock,
    ILogger<SendNotification> logger
)
{
    /// <summary>
    /// Allowance for the clock skew between machines: 5 s. A check that comes too early would end, and no other would
    /// follow.
    /// </summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The beginning of the log message about a late notification. Alert rules match it (infra): change both together.
    /// </summary>
    public const string LateMessagePrefix = "A notice has been unsent";

    /// <summary>The age from which a notification is late when an attempt fails: 1 h.</summary>
    internal static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    /// <param name="message">The id of the notification.</param>
    /// <param name="cancellationToken">Stops the work; the notification is tried again when the claim expires.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// Storage refused or was unreachable; the message is delivered again.
    /// </exception>
    [Function("SendNotice")]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.NotificationQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        if (!Notification.IsId(message) || await notifications.FindAsync(message, cancellationToken) is not { } read)
        {
            LogUnknown(message);
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

        if (read.Value.IsDue(now) && await ClaimAsync(read, now, cancellationToken) is { } claimed)
        {
            await WriteOutcomeAsync(claimed, await TryAsync(claimed.Value, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Claims a notification for this delivery. Returns null when another delivery has it.</summary>
    private async Task<Versioned<Notification>?> ClaimAsync(
        Versioned<Notification> read,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await queue.SendAsync(read.Value.Id, Notification.ClaimTime + ClockSkew, cancellationToken);
        return await notifications.ReplaceAsync(read, read.Value.AsClaimed(now), cancellationToken);
    }

    /// <summary>Makes an attempt to send. Returns the notification to write to the row.</summary>
    private async Task<Notification> TryAsync(Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            await notifier.SendAsync(notification, cancellationToken);
            return notification.AsSent();
        }
        catch (NotifierException problem)
        {
            return notification.AsFailedAttempt(problem.Message, clock.GetUtcNow());
        }
    }

    /// <summary>
    /// Writes the outcome to the row, after the next check message when there is to be another attempt.
    /// </summary>
    private async Task WriteOutcomeAsync(
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
            return;
        }

        LogOutcome(notification);
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

    [LoggerMessage(Level = LogLevel.Error, Message = LateMessagePrefix + " for {Age}: {Id}.")]
    private partial void LogLate(TimeSpan age, string id);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Notice {Id} changed meanwhile, so the outcome ({State}) was not noted: it may be sent once more."
    )]
    private partial void LogOverrun(string id, NotificationState state);
}

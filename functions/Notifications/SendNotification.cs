using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Notifications;

/// <summary>Sends a notice that waits: once, whatever its messages do.</summary>
/// <remarks>
/// <para>
/// The row decides, messages only say "look". What must hold at every moment: while a notice is not settled, a message is under way
/// that arrives when it is due. So each step first sends the message that its own death would need, and then writes the row:
/// </para>
/// <list type="number">
/// <item>"look again" is sent, delayed past the end of the claim. Killed after it: nothing was claimed; this message or that one begins anew.</item>
/// <item>The row is claimed. Killed after it, or told that another has it: "look again" finds the claim over and begins anew.</item>
/// <item>The notifier sends. Killed in it, or before the next: the same; if the server had taken the mail, it is sent twice.</item>
/// <item>It went well: the row says so, and every later message ends. It did not: a message is sent, delayed by the backoff. Killed after it:
/// that message may find the claim and end, but "look again" comes.</item>
/// <item>The row waits, not before the backoff is over. Messages that come early end, so that duplicates cost no attempt.</item>
/// </list>
/// <para>
/// A delivery sends at most two messages, and only when it finds the notice due; past a backoff of 2 min "look again" always comes early and
/// ends. So they do not multiply. A row that was written although the answer was lost (412 when the client tries again) looks like another's:
/// "look again" covers that too.
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
    /// <summary>By so much the clocks of two machines may differ: a message that came too early would end, and nobody would look again.</summary>
    internal static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <summary>How the line begins that says that a notice is late. Alert rules look for it: a change of it is a change of theirs.</summary>
    public const string Sign = "A notice has been unsent";

    /// <summary>What is older than this when a try fails is late.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <param name="message">The notice's id.</param>
    /// <param name="cancellationToken">Stops the work; the notice is taken up again when the claim is over.</param>
    /// <exception cref="Azure.RequestFailedException">Storage refused or was not reached: again later.</exception>
    [Function("SendNotice")]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.NoticeQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        if (!Notification.IsId(message) || await notifications.FindAsync(message, cancellationToken) is not { } read)
        {
            LogUnknown(message);
            return;
        }

        var now = clock.GetUtcNow();
        if (read.Value.IsCutOffForGood(now))
        {
            await SettleAsync(read, read.Value.NotTold("The last try was cut off.", now), cancellationToken);
            return;
        }

        if (read.Value.IsDue(now) && await ClaimAsync(read, now, cancellationToken) is { } claimed)
        {
            await SettleAsync(claimed, await TryAsync(claimed.Value, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Null: another delivery has it.</summary>
    private async Task<Versioned<Notification>?> ClaimAsync(
        Versioned<Notification> read,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await queue.SendAsync(read.Value.Id, Notification.ClaimTime + Slack, cancellationToken);
        return await notifications.ReplaceAsync(read, read.Value.Claimed(now), cancellationToken);
    }

    /// <summary>The notice as the row must have it after the try.</summary>
    private async Task<Notification> TryAsync(Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            await notifier.SendAsync(notification, cancellationToken);
            return notification.Told();
        }
        catch (NotifierException problem)
        {
            return notification.NotTold(problem.Message, clock.GetUtcNow());
        }
    }

    private async Task SettleAsync(
        Versioned<Notification> read,
        Notification notification,
        CancellationToken cancellationToken
    )
    {
        if (notification.State == NotificationState.Waiting)
        {
            await queue.SendAsync(notification.Id, notification.Backoff + Slack, cancellationToken);
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
        if (notification.State != NotificationState.Sent && age > Late)
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

    [LoggerMessage(Level = LogLevel.Error, Message = Sign + " for {Age}: {Id}.")]
    private partial void LogLate(TimeSpan age, string id);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Notice {Id} changed meanwhile, so the outcome ({State}) was not noted: it may be sent once more."
    )]
    private partial void LogOverrun(string id, NotificationState state);
}

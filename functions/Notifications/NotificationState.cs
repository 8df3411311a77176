namespace ServerlessBlog.Notifications;

/// <summary>The state of a notification's delivery.</summary>
public enum NotificationState
{
    /// <summary>To be sent, at once or after <see cref="Notification.NotBefore"/>.</summary>
    Waiting = 0,

    /// <summary>Claimed by a delivery until <see cref="Notification.SendingUntil"/>.</summary>
    Sending = 1,

    /// <summary>Accepted by the mail server.</summary>
    Sent = 2,

    /// <summary>Failed for good: see <see cref="Notification.LastProblem"/>.</summary>
    Failed = 3,
}

namespace ServerlessBlog.Notifications;

/// <summary>How far telling people has come.</summary>
public enum NotificationState
{
    /// <summary>To be sent, at once or when <see cref="Notification.NotBefore"/> has come.</summary>
    Waiting = 0,

    /// <summary>One delivery has it, until <see cref="Notification.SendingUntil"/>.</summary>
    Sending = 1,

    /// <summary>The server took it.</summary>
    Sent = 2,

    /// <summary>Given up: see <see cref="Notification.LastProblem"/>.</summary>
    Failed = 3,
}

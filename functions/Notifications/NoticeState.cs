namespace ServerlessBlog.Notifications;

/// <summary>How far telling people has come.</summary>
public enum NoticeState
{
    /// <summary>To be sent, at once or when <see cref="Notice.NotBefore"/> has come.</summary>
    Waiting = 0,

    /// <summary>One delivery has it, until <see cref="Notice.SendingUntil"/>.</summary>
    Sending = 1,

    /// <summary>The server took it.</summary>
    Sent = 2,

    /// <summary>Given up: see <see cref="Notice.LastProblem"/>.</summary>
    Failed = 3,
}

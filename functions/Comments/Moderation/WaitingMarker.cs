namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Marks a comment that is to be judged. It is written before the comment itself and removed when the comment is
/// settled.
/// </summary>
/// <param name="Comment">The key of the comment.</param>
/// <param name="Since">When the marker was written.</param>
/// <param name="NextCheck">When to queue the comment again if it still waits.</param>
/// <param name="Checks">How often it was queued again.</param>
public sealed record WaitingMarker(CommentKey Comment, DateTimeOffset Since, DateTimeOffset NextCheck, int Checks)
{
    /// <summary>The time from when a marker is written until its first check: 30 s.</summary>
    public static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(30);

    /// <summary>The maximum time between two checks: 1 hour, the interval of <see cref="CheckHourly"/>.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    /// <summary>
    /// The time from the check that is due until the next one: 1 minute the first time, doubled each time, at most
    /// <see cref="MaxPause"/>.
    /// </summary>
    [JsonIgnore]
    public TimeSpan Pause => TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, FirstCheck.Ticks << Math.Min(Checks + 1, 10)));
}

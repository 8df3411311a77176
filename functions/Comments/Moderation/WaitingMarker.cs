namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Marks a comment that is to be judged. It is written before the comment itself and removed when the comment is
/// settled.
/// </summary>
/// <param name="Comment">The key of the comment.</param>
/// <param name="Since">When the marker was written.</param>
/// <param name="NextCheck">When to queue the comment again if it still waits.</param>
/// <param name="Checks">How often it was queued again.</param>
public sealed record WaitingMarker(CommentKey Comment, DateTimeOffset Since, DateTimeOffset NextCheck, int Checks);

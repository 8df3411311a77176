namespace ServerlessBlog.Comments.Moderation;

/// <summary>Says that a comment waits to be judged: written before the comment itself, gone when it is settled.</summary>
/// <param name="Comment">Which comment.</param>
/// <param name="Since">When it came.</param>
/// <param name="NextCheck">When to announce it again, should it still wait.</param>
/// <param name="Checks">How often that was done.</param>
public sealed record WaitingMarker(CommentKey Comment, DateTimeOffset Since, DateTimeOffset NextCheck, int Checks);

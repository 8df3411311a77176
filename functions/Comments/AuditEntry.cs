namespace ServerlessBlog.Comments;

/// <summary>One decision about a comment.</summary>
/// <param name="Time">When.</param>
/// <param name="By">Who: "rules", or how a moderator came.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Reasons">Why, one sentence each.</param>
public sealed record AuditEntry(DateTimeOffset Time, string By, CommentState From, CommentState To, IReadOnlyList<string> Reasons);

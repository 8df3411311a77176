namespace ServerlessBlog.Comments.Moderation;

/// <summary>One decision about a comment.</summary>
/// <param name="Time">When.</param>
/// <param name="By">Who: "rules", or how a moderator came.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Reasons">Why, one sentence each.</param>
/// <param name="Trace">What every rule saw and said; null when somebody decided, not the rules.</param>
/// <param name="Before">The text before, when that is what changed; else null.</param>
public sealed record AuditEntry(
    DateTimeOffset Time,
    string By,
    CommentState From,
    CommentState To,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<RuleFinding>? Trace = null,
    string? Before = null
);

namespace ServerlessBlog.Comments.Moderation;

/// <summary>What is decided about a comment.</summary>
/// <param name="State">The state it is to have.</param>
/// <param name="Reasons">Why, one sentence each; at least one.</param>
/// <param name="Trace">What every rule saw and said; null when somebody decided, not the rules.</param>
/// <param name="IsRestorable">Whether a moderator throws it away, see <see cref="Comment.IsRestorable"/>.</param>
/// <param name="Text">What a moderator has made of its text; null where that stays.</param>
public sealed record Verdict(
    CommentState State,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<RuleFinding>? Trace = null,
    bool IsRestorable = false,
    string? Text = null
);

namespace ServerlessBlog.Comments.Moderation;

/// <summary>What one rule had to say of a comment.</summary>
/// <param name="Rule">What it is called.</param>
/// <param name="Saw">What it looked at, in words: "1 link; 2 or more hold a comment".</param>
/// <param name="Says">Held or spam; null when it does not object.</param>
/// <param name="Reasons">Why, one sentence each; empty when it does not object.</param>
public sealed record RuleFinding(string Rule, string Saw, CommentState? Says, IReadOnlyList<string> Reasons);

namespace ServerlessBlog.Comments;

/// <summary>What the rules say of a comment.</summary>
/// <param name="State">Approved, held or spam.</param>
/// <param name="Reasons">Why, one sentence for each rule that spoke; at least one.</param>
public sealed record Judgement(CommentState State, IReadOnlyList<string> Reasons);

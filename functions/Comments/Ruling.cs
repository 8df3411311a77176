namespace ServerlessBlog.Comments;

/// <summary>What came of a person's decision.</summary>
/// <param name="Before">The comment before it; null when nothing was changed, because somebody else decided first, or because it was so already.</param>
/// <param name="Now">The comment as it is.</param>
public sealed record Ruling(Comment? Before, Comment Now);

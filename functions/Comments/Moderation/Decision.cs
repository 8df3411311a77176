namespace ServerlessBlog.Comments.Moderation;

/// <summary>The outcome of a decision about a comment, made by a person or by the rules.</summary>
/// <param name="Before">
/// The comment as it was before; null when nothing was changed, because somebody else decided first or because it was in that state already.
/// </param>
/// <param name="Now">The comment as it is stored now.</param>
public sealed record Decision(Comment? Before, Comment Now);

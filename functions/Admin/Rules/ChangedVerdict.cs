using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;

namespace ServerlessBlog.Admin.Rules;

/// <summary>A comment, judged by other rules beside those that count.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Before">What the rules that count make of it.</param>
/// <param name="After">What the others would.</param>
public sealed record ChangedVerdict(Comment Comment, CommentState Before, Verdict After);

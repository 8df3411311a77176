using ServerlessBlog.Comments;

namespace ServerlessBlog.Admin.Comments;

/// <summary>What came of something that a moderator wrote.</summary>
/// <param name="Comment">The comment that says it now; null when it was not taken.</param>
/// <param name="Problem">Why it was not taken, in one sentence; null when it was.</param>
public sealed record ReplyResult(CommentKey? Comment, string? Problem);

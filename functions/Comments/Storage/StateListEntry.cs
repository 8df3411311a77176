namespace ServerlessBlog.Comments.Storage;

/// <summary>A place in a list of comments.</summary>
/// <param name="Place">What it sorts by.</param>
/// <param name="Comment">The comment that was put there.</param>
public sealed record StateListEntry(string Place, CommentKey Comment);

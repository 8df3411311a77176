using ServerlessBlog.Comments;

namespace ServerlessBlog.Admin.Comments;

/// <summary>A part of a list.</summary>
/// <param name="Comments">The comments; fewer than a page when others were looked at and not found fitting.</param>
/// <param name="After">The place that the next part begins after; null when there is none.</param>
public sealed record CommentQueryResult(IReadOnlyList<Comment> Comments, string? After);

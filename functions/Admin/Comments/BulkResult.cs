namespace ServerlessBlog.Admin.Comments;

/// <summary>What came of an act.</summary>
/// <param name="Act">Which.</param>
/// <param name="Changed">The comments that it changed, each as it is to be undone.</param>
/// <param name="Left">How many were left as they are, because somebody else had decided meanwhile, or their writer took them back.</param>
public sealed record BulkResult(ModeratorAction Act, IReadOnlyList<CommentVersion> Changed, int Left);

namespace ServerlessBlog.Admin.Comments;

/// <summary>What has just been done.</summary>
/// <param name="Sentence">In words.</param>
/// <param name="Undo">What undoes it, an item for each comment; empty when there is nothing to undo.</param>
public sealed record BulkResultView(string Sentence, IReadOnlyList<string> Undo);

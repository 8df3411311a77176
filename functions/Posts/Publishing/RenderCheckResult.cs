using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>What came of rendering a body once.</summary>
/// <param name="Html">The HTML; null when it cannot be rendered.</param>
/// <param name="Problem">Why not; null when it can.</param>
/// <param name="Notes">What is to be said of it, one sentence each.</param>
internal sealed record RenderCheckResult(string? Html, Problem? Problem, IReadOnlyList<string> Notes)
{
    /// <summary>What lists show of it; null when it cannot be rendered.</summary>
    public PostDigest? Digest { get; init; }
}

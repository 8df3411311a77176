namespace ServerlessBlog.Posts.Markdown;

/// <summary>What lists show of a post's text without reading it.</summary>
/// <param name="Excerpt">Plain text: what stands before <c>&lt;!--more--&gt;</c>, or the first paragraph; null when there is none. At most 1,000 characters.</param>
/// <param name="Minutes">How long it takes to read, at least 1.</param>
public sealed record PostDigest(string? Excerpt, int Minutes);

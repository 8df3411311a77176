using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>The outcome of checking a file.</summary>
/// <param name="File">What is in it, with everything that its author is told; null when it is refused.</param>
/// <param name="Post">The post as it is to be stored; null when the file is refused.</param>
/// <param name="Problem">Why it is refused; null when it is not.</param>
public sealed record ValidationResult(PostFile? File, Post? Post, Problem? Problem);

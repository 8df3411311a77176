namespace ServerlessBlog.Posts;

/// <summary>What came of checking a file.</summary>
/// <param name="File">What is in it, with everything that is to be said of it; null when it is refused.</param>
/// <param name="Digest">What lists show of its text; null when it is refused.</param>
/// <param name="Problem">Why it is refused; null when it is not.</param>
public sealed record CheckedFile(PostFile? File, PostDigest? Digest, Problem? Problem);

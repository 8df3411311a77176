namespace ServerlessBlog.Media;

/// <summary>What came of a file that an author has sent.</summary>
/// <param name="Path">Where it lies now; null when it was not taken.</param>
/// <param name="Problem">Why it was not taken, in one sentence; null when it was.</param>
public sealed record MediaUploadResult(MediaPath? Path, string? Problem);

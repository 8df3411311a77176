namespace ServerlessBlog.Media;

/// <summary>What became of a photo: one of the two.</summary>
/// <param name="Picture">What readers get.</param>
/// <param name="Problem">Why they get nothing, and what the author can do.</param>
public sealed record PictureLookup(Picture? Picture, string? Problem);

namespace ServerlessBlog.Media;

/// <summary>A picture made anew, with all its sizes.</summary>
/// <param name="Picture">What pages know of it.</param>
/// <param name="Full">In its own size.</param>
/// <param name="ContentType">Of <paramref name="Full"/>.</param>
/// <param name="Smaller">WebP, for each of <see cref="Picture.Widths"/>.</param>
public sealed record EncodedPicture(
    Picture Picture,
    byte[] Full,
    string ContentType,
    IReadOnlyDictionary<int, byte[]> Smaller
);

namespace ServerlessBlog.Media;

/// <summary>The properties of a media file.</summary>
/// <param name="ContentType">The content type as uploaded, or by the file name when none was.</param>
/// <param name="Length">The size in bytes.</param>
/// <param name="Version">The blob's ETag.</param>
public sealed record MediaInfo(string ContentType, long Length, string Version)
{
    /// <summary>
    /// Whether readers get the file only as an encoded copy, without the metadata that cameras write (place, time,
    /// device). Drawings (SVG) and icons hold no such metadata and are served as uploaded.
    /// </summary>
    public bool IsPhoto =>
        ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        && !ServedAsUploaded.Contains(ContentType.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ServedAsUploaded = ["image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon"];
}

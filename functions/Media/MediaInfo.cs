namespace ServerlessBlog.Media;

/// <summary>What is known of a file of the author without reading it.</summary>
/// <param name="ContentType">As uploaded, or by its name.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Version">The blob's ETag.</param>
public sealed record MediaInfo(string ContentType, long Length, string Version)
{
    /// <summary>
    /// Whether it goes out only as made anew, without what cameras write into it. Drawings (SVG), icons and GIFs hold nothing of the kind and go
    /// out as they are.
    /// </summary>
    public bool IsPhoto =>
        ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
        && !AsTheyAre.Contains(ContentType.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] AsTheyAre =
    [
        "image/svg+xml",
        "image/gif",
        "image/x-icon",
        "image/vnd.microsoft.icon",
    ];
}

using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Publishing;

/// <summary>A post file to write.</summary>
/// <param name="Name">The blob's name.</param>
/// <param name="Bytes">The content.</param>
/// <param name="Version">The ETag of the version to replace, as sent by the client; null to create a file.</param>
public sealed record FileWrite(PostFileName Name, byte[] Bytes, string? Version)
{
    /// <summary>Where the text comes from.</summary>
    public VersionOrigin Origin { get; init; } = VersionOrigin.Editor;

    /// <summary>The name of the file whose place this one takes; null for none.</summary>
    public string? Replaces { get; init; }
}

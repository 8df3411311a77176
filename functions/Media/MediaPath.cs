using Microsoft.AspNetCore.StaticFiles;

namespace ServerlessBlog.Media;

/// <summary>
/// The path of a media file that readers may get: any blob in the container <c>media</c> but Markdown, at
/// <c>/media/{name}</c>; and pictures, sound, videos and PDFs beside the posts in the container <c>posts</c>, at
/// <c>/posts/{name}</c>.
/// </summary>
public readonly record struct MediaPath
{
    /// <summary>
    /// Maximum length of a blob's name, in characters
    /// (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata).
    /// </summary>
    private const int MaxLength = 1024;

    /// <summary>
    /// Content types by file extension, with the formats of phones and cameras, so that their photos are recognized as
    /// such.
    /// </summary>
    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings =
        {
            [".avif"] = "image/avif",
            [".dng"] = "image/x-adobe-dng",
            [".heic"] = "image/heic",
            [".heif"] = "image/heif",
            [".jxl"] = "image/jxl",
        },
    };

    private readonly string? _container;
    private readonly string? _name;

    private MediaPath(string container, string name) => (_container, _name) = (container, name);

    /// <summary>The name of the container.</summary>
    public string Container => _container ?? StorageNames.Media;

    /// <summary>The name of the blob.</summary>
    public string Name => _name ?? "";

    /// <summary>The path in the file's address: from the root, percent-encoded.</summary>
    public string Link => $"/{Container}/{string.Join('/', Name.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Whether the file is part of the theme, on which every page depends.</summary>
    public bool IsTheme =>
        Container == StorageNames.Media && Name.StartsWith(ThemeFiles.Folder, StringComparison.Ordinal);

    /// <summary>The content type by the file name; null when the extension is unknown.</summary>
    public string? TypeByName => Types.TryGetContentType(Name, out var type) ? type : null;

    /// <summary>Whether the file is a picture, sound, video or PDF by its name.</summary>
    public bool IsForReaders =>
        TypeByName is { } type
        && (
            type.StartsWith("image/", StringComparison.Ordinal)
            || type.StartsWith("audio/", StringComparison.Ordinal)
            || type.StartsWith("video/", StringComparison.Ordinal)
            || type == "application/pdf"
        );

    /// <summary>Whether the file is Markdown: the source of a post, which readers do not get.</summary>
    public bool IsMarkdown =>
        Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
        || Name.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Creates the path of a blob. Returns false when readers may not get the blob, as with the source of posts.
    /// </summary>
    public static bool TryFromBlob(string container, string name, out MediaPath path)
    {
        var candidate = new MediaPath(container, name);
        var valid =
            name.Length is > 0 and <= MaxLength
            && BlobNames.IsUsable(name)
            && (container == StorageNames.Media || (container == StorageNames.Posts && candidate.IsForReaders));
        path = valid ? candidate : default;
        return valid;
    }

    /// <summary>
    /// Parses the decoded path of an address. Returns false when it is not that of a media file; never throws.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? link, out MediaPath path)
    {
        path = default;
        return link?.Split('/', 3) is ["", var container, var name]
            && TryFromBlob(container, name, out path)
            && !path.IsMarkdown;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Container}/{Name}";
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Media;

/// <summary>
/// A file of the author's that readers may have: any in the container <c>media</c>, at <c>/media/{name}</c>; and beside the posts in <c>posts</c>
/// pictures, sound, films and PDF, at <c>/posts/{name}</c>.
/// </summary>
public readonly record struct MediaPath
{
    /// <summary>The most characters of a blob's name (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata).</summary>
    private const int MaxLength = 1024;

    /// <summary>With what phones and cameras write, so that it is not taken for something harmless.</summary>
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

    /// <summary>The container that it lies in.</summary>
    public string Container => _container ?? StorageNames.Media;

    /// <summary>The blob's name.</summary>
    public string Name => _name ?? "";

    /// <summary>Where readers find it: from the root, percent-encoded.</summary>
    public string Link => $"/{Container}/{string.Join('/', Name.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Whether every page depends on it.</summary>
    public bool IsTheme =>
        Container == StorageNames.Media && Name.StartsWith(ThemeFiles.Folder, StringComparison.Ordinal);

    /// <summary>The type that its name says; null when that says nothing.</summary>
    public string? TypeByName => Types.TryGetContentType(Name, out var type) ? type : null;

    /// <summary>Whether its name says that it is a picture, sound, a film or PDF.</summary>
    public bool IsForReaders =>
        TypeByName is { } type
        && (
            type.StartsWith("image/", StringComparison.Ordinal)
            || type.StartsWith("audio/", StringComparison.Ordinal)
            || type.StartsWith("video/", StringComparison.Ordinal)
            || type == "application/pdf"
        );

    /// <summary>A blob of the author's. False when it is none for readers, as drafts are not.</summary>
    public static bool TryOfBlob(string container, string name, out MediaPath path)
    {
        var wanted = new MediaPath(container, name);
        var valid =
            name.Length is > 0 and <= MaxLength
            && (container == StorageNames.Media || (container == StorageNames.Posts && wanted.IsForReaders));
        path = valid ? wanted : default;
        return valid;
    }

    /// <summary>What a decoded path on the blog names. False when it is no such file; never throws.</summary>
    public static bool TryOfLink([NotNullWhen(true)] string? link, out MediaPath path)
    {
        path = default;
        return link?.Split('/', 3) is ["", var container, var name] && TryOfBlob(container, name, out path);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Container}/{Name}";
}

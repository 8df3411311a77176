using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Media;

/// <summary>
/// The theme of the blog's owner: <c>theme/site.yml</c>, <c>theme/theme.css</c>, <c>theme/head.html</c> and
/// <c>theme/texts.json</c> in the container <c>media</c>. Each is optional.
/// </summary>
public sealed class ThemeFiles(BlogStorage storage)
{
    /// <summary>The folder of the theme in the container.</summary>
    public const string Folder = "theme/";

    /// <summary>Maximum size of each file, in bytes: 64 KiB. A larger one is ignored.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>What the owner says about the blog.</summary>
    public const string SiteFile = "site.yml";

    /// <summary>The stylesheet, which comes after the blog's own.</summary>
    public const string StyleFile = "theme.css";

    /// <summary>The HTML for the end of every page's head.</summary>
    public const string HeadFile = "head.html";

    /// <summary>The text overrides.</summary>
    public const string TextsFile = "texts.json";

    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Media);

    /// <summary>The names of all files that the blog reads, without the folder.</summary>
    public static IReadOnlyList<string> Names { get; } = [SiteFile, StyleFile, HeadFile, TextsFile];

    /// <summary>The name of the theme file at a path, one of <see cref="Names"/>; null when it is none.</summary>
    public static string? NameOf(MediaPath path) =>
        path.IsTheme ? Names.FirstOrDefault(name => path.Name == Folder + name) : null;

    /// <summary>Reads a file, one of <see cref="Names"/>. Null when there is none, or it is too large.</summary>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(0, MaxBytes + 1) };
            var file = (await _container.GetBlobClient(Folder + name).DownloadContentAsync(options, cancellationToken))
                .Value
                .Content;
            return file.ToMemory().Length <= MaxBytes ? file.ToString().TrimStart('\uFEFF') : null;
        }
        catch (RequestFailedException none) when (none.Status is 404 or 416)
        {
            return null; // 404: there is none; 416: it is empty
        }
    }
}

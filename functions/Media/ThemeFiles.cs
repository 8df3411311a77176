using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Media;

/// <summary>
/// The theme of the blog's owner: <c>theme/theme.css</c>, <c>theme/head.html</c> and <c>theme/texts.json</c> in the
/// container <c>media</c>. Each is optional.
/// </summary>
public sealed class ThemeFiles(BlogStorage storage)
{
    /// <summary>The folder of the theme in the container.</summary>
    public const string Folder = "theme/";

    /// <summary>Maximum size of each file, in bytes: 64 KiB. A larger one is ignored.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string StyleFile = "theme.css";
    private const string HeadFile = "head.html";
    private const string TextsFile = "texts.json";

    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Media);

    /// <summary>Reads the stylesheet, which pages load after the blog's own; null when there is none.</summary>
    public Task<string?> StyleAsync(CancellationToken cancellationToken) => ReadAsync(StyleFile, cancellationToken);

    /// <summary>Reads the HTML for the end of every page's head; null when there is none.</summary>
    public Task<string?> HeadAsync(CancellationToken cancellationToken) => ReadAsync(HeadFile, cancellationToken);

    /// <summary>
    /// Reads the JSON of the text overrides, see <see cref="Texts.TextOverrides"/>; null when there is none.
    /// </summary>
    public Task<string?> TextsAsync(CancellationToken cancellationToken) => ReadAsync(TextsFile, cancellationToken);

    /// <summary>Whether the path is that of a theme file.</summary>
    public static bool IsPart(MediaPath path) => path.Name is Folder + StyleFile || IsHead(path) || IsTexts(path);

    /// <summary>Whether the path is that of the HTML for every page's head.</summary>
    public static bool IsHead(MediaPath path) => path is { Container: StorageNames.Media, Name: Folder + HeadFile };

    /// <summary>Whether the path is that of the text overrides.</summary>
    public static bool IsTexts(MediaPath path) => path is { Container: StorageNames.Media, Name: Folder + TextsFile };

    private async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
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

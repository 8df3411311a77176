using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Media;

/// <summary>The owner's own look and words: <c>theme/theme.css</c>, <c>theme/head.html</c> and <c>theme/texts.json</c> in the container <c>media</c>. Any may be missing.</summary>
public sealed class ThemeFiles(BlogStorage storage)
{
    /// <summary>The folder of all.</summary>
    public const string Folder = "theme/";

    /// <summary>The most bytes of each: 64 KiB. A larger one is not used.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Style = "theme.css";
    private const string Head = "head.html";
    private const string Texts = "texts.json";

    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Media);

    /// <summary>The stylesheet that comes after the blog's own; null for none.</summary>
    public Task<string?> StyleAsync(CancellationToken cancellationToken) => ReadAsync(Style, cancellationToken);

    /// <summary>What stands at the end of every page's head; null for nothing.</summary>
    public Task<string?> HeadAsync(CancellationToken cancellationToken) => ReadAsync(Head, cancellationToken);

    /// <summary>The blog's own words in the owner's; null for the program's.</summary>
    public Task<string?> TextsAsync(CancellationToken cancellationToken) => ReadAsync(Texts, cancellationToken);

    /// <summary>Whether it is one of them.</summary>
    public static bool IsPart(MediaPath path) => path.Name is Folder + Style || IsHead(path) || IsTexts(path);

    /// <summary>Whether it is what stands at the end of every page's head.</summary>
    public static bool IsHead(MediaPath path) => path is { Container: StorageNames.Media, Name: Folder + Head };

    /// <summary>Whether it holds the blog's own words.</summary>
    public static bool IsTexts(MediaPath path) => path is { Container: StorageNames.Media, Name: Folder + Texts };

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
            return null; // not there, or empty
        }
    }
}

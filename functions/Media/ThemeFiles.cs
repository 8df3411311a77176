using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Media;

/// <summary>
/// The theme of the blog's owner: <c>theme/site.yml</c>, <c>theme/theme.css</c>, <c>theme/head.html</c> and
/// <c>theme/texts.json</c> in the container <c>media</c>. Each is optional.
/// </summary>
public sealed class ThemeFiles(BlogStorage storage) : IThemeLookup
{
    /// <summary>The folder of the theme in the container.</summary>
    public const string Folder = "theme/";

    /// <summary>Maximum size of a file but the texts, in bytes: 64 KiB. A larger one is ignored.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>
    /// Maximum size of the texts, in bytes: 128 KiB, since all of them in another script take more than the others.
    /// </summary>
    public const int MaxTextsBytes = 128 * 1024;

    /// <summary>What the owner says about the blog.</summary>
    public const string SiteFile = "site.yml";

    /// <summary>The stylesheet, which comes after the blog's own.</summary>
    public const string StyleFile = "theme.css";

    /// <summary>The HTML for the end of every page's head.</summary>
    public const string HeadFile = "head.html";

    /// <summary>The text overrides.</summary>
    public const string TextsFile = "texts.json";

    private const string UnknownType = "application/octet-stream";

    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Media);
    private readonly BlobContainerClient _containerForWriting = storage.Container(StorageNames.Media);

    /// <summary>The names of all files that the blog reads, without the folder.</summary>
    public static IReadOnlyList<string> Names { get; } = [SiteFile, StyleFile, HeadFile, TextsFile];

    /// <summary>The name of the theme file at a path, one of <see cref="Names"/>; null when it is none.</summary>
    public static string? NameOf(MediaPath path) =>
        path.IsTheme ? Names.FirstOrDefault(name => path.Name == Folder + name) : null;

    /// <summary>The maximum size of a file, one of <see cref="Names"/>, in bytes.</summary>
    public static int MaxBytesOf(string name) => name == TextsFile ? MaxTextsBytes : MaxBytes;

    /// <summary>The path of a file, one of <see cref="Names"/>.</summary>
    public static MediaPath PathOf(string name) =>
        MediaPath.TryFromBlob(StorageNames.Media, Folder + name, out var path)
            ? path
            : throw new ArgumentException($"{name} is no theme file.", nameof(name));

    /// <inheritdoc/>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(0, MaxBytesOf(name) + 1) };
            var file = (await _container.GetBlobClient(Folder + name).DownloadContentAsync(options, cancellationToken))
                .Value
                .Content;
            return file.ToMemory().Length <= MaxBytesOf(name) ? file.ToString().TrimStart('\uFEFF') : null;
        }
        catch (RequestFailedException none) when (none.Status is 404 or 416)
        {
            return null; // 404: there is none; 416: it is empty
        }
    }

    /// <summary>Reads a file, one of <see cref="Names"/>, to be edited. Null when there is none.</summary>
    public async Task<ThemeFile?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var file = await _containerForWriting
                .GetBlobClient(Folder + name)
                .DownloadContentAsync(
                    new BlobDownloadOptions { Range = new HttpRange(0, MaxBytesOf(name) + 1) },
                    cancellationToken
                );
            return new ThemeFile(file.Value.Content.ToArray(), file.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.Status == 416)
        {
            var properties = await _containerForWriting
                .GetBlobClient(Folder + name)
                .GetPropertiesAsync(cancellationToken: cancellationToken);
            return new ThemeFile([], properties.Value.ETag.ToString());
        }
    }

    /// <summary>
    /// Replaces the version of a file that its author has edited, or creates a file that must not exist. Returns the
    /// new ETag; null when the file was changed meanwhile, and then nothing is written.
    /// </summary>
    /// <param name="name">The file, one of <see cref="Names"/>.</param>
    /// <param name="text">The content.</param>
    /// <param name="version">The ETag of the edited version; empty for a new file.</param>
    /// <param name="cancellationToken">Cancels the request; the file may have been written.</param>
    public async Task<string?> WriteAsync(string name, string text, string version, CancellationToken cancellationToken)
    {
        if (version.Length > 0 && !BlobVersion.IsValid(version))
        {
            return null;
        }

        try
        {
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = PathOf(name).TypeByName ?? UnknownType },
                Conditions =
                    version.Length == 0
                        ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                        : new BlobRequestConditions { IfMatch = new ETag(version) },
            };
            var blob = _containerForWriting.GetBlobClient(Folder + name);
            return (
                await blob.UploadAsync(BinaryData.FromString(text), options, cancellationToken)
            ).Value.ETag.ToString();
        }
        catch (RequestFailedException changed)
            when (changed.Status is 409 or 412 || changed.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // Equal content is this client's own write: its response was lost and the client retried.
            return
                await FindAsync(name, cancellationToken) is { } now
                && now.Bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text))
                ? now.Version
                : null;
        }
    }
}

/// <summary>A theme file to edit.</summary>
/// <param name="Bytes">The content; of a file over the limit, its first 64 KiB and a byte.</param>
/// <param name="Version">The ETag.</param>
public sealed record ThemeFile(byte[] Bytes, string Version);

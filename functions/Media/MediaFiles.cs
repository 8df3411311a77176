using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Media;

/// <summary>
/// The store of the author's uploaded media files, pictures and others. Photos are private: readers get encoded copies
/// of them (<see cref="PictureVariants"/>). Files are never overwritten.
/// </summary>
public sealed class MediaFiles(BlogStorage storage) : IMediaLookup
{
    private const string UnknownType = "application/octet-stream";
    private const int BufferBytes = 256 * 1024;

    /// <summary>
    /// The size from which an upload is split into blocks, and that of each block: 4 MiB. Each block has a timeout of
    /// its own; the blob appears when all have arrived.
    /// </summary>
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public async Task<MediaInfo?> FindAsync(MediaPath path, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (
                await GetBlobForReaders(path).GetPropertiesAsync(cancellationToken: cancellationToken)
            ).Value;
            return new MediaInfo(
                ChooseType(path, properties.ContentType),
                properties.ContentLength,
                properties.ETag.ToString()
            );
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 400)
        {
            return null;
        }
    }

    /// <summary>Opens a version of a file for a reader. Returns null when the file is gone or has changed.</summary>
    public async Task<MediaContent?> OpenAsync(MediaPath path, MediaInfo info, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(GetBlobForReaders(path), info.Version, cancellationToken);
        return file is null ? null : file with { ContentType = info.ContentType };
    }

    /// <summary>
    /// Reads a version of a file into memory, with the retry profile of writing. Returns null when the file is gone or
    /// has changed.
    /// </summary>
    public async Task<byte[]?> ReadAsync(MediaPath path, MediaInfo info, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions
            {
                Conditions = new BlobRequestConditions { IfMatch = new ETag(info.Version) },
            };
            return (
                await storage
                    .Container(path.Container)
                    .GetBlobClient(path.Name)
                    .DownloadContentAsync(options, cancellationToken)
            ).Value.Content.ToArray();
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Adds a file. Returns false when there is one with this name; nothing is changed then.</summary>
    public async Task<bool> AddAsync(MediaPath path, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = path.TypeByName ?? UnknownType },
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                TransferOptions = new StorageTransferOptions
                {
                    InitialTransferSize = BlockBytes,
                    MaximumTransferSize = BlockBytes,
                    MaximumConcurrency = 1,
                },
            };
            await storage
                .Container(path.Container)
                .GetBlobClient(path.Name)
                .UploadAsync(content, options, cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>
    /// Opens a version of a blob, or whichever there is when <paramref name="version"/> is null. Returns null when the
    /// blob is gone or has changed.
    /// </summary>
    internal static async Task<MediaContent?> OpenAsync(
        BlobClient blob,
        string? version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var properties = (await blob.GetPropertiesAsync(IfMatch(version), cancellationToken)).Value;
            var options = new BlobOpenReadOptions(allowModifications: false)
            {
                BufferSize = BufferBytes,
                Conditions = IfMatch(properties.ETag.ToString()),
            };
            var content =
                properties.ContentLength == 0 ? Stream.Null : await blob.OpenReadAsync(options, cancellationToken);
            return new MediaContent(
                content,
                properties.ContentType,
                properties.LastModified,
                properties.ETag.ToString("H")
            );
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            return null;
        }
    }

    private static BlobRequestConditions IfMatch(string? version) =>
        new() { IfMatch = version is null ? null : new ETag(version) };

    private BlobClient GetBlobForReaders(MediaPath path) =>
        storage.ContainerForReaders(path.Container).GetBlobClient(path.Name);

    private static string ChooseType(MediaPath path, string? uploaded) =>
        uploaded is not (null or "" or UnknownType) ? uploaded : path.TypeByName ?? UnknownType;
}

/// <summary>A file to serve.</summary>
/// <param name="Content">The content: a seekable stream that downloads only the ranges that are read.</param>
/// <param name="ContentType">The content type.</param>
/// <param name="Modified">When the blob was last written.</param>
/// <param name="ETag">The ETag, with its quotes.</param>
public sealed record MediaContent(Stream Content, string ContentType, DateTimeOffset Modified, string ETag);

using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Media;

/// <summary>The author's pictures and other files as they were uploaded; photos among them are private. None is ever written over.</summary>
public sealed class MediaFiles(BlogStorage storage)
{
    private const string Unknown = "application/octet-stream";
    private const int BufferBytes = 256 * 1024;

    /// <summary>A larger file is sent in parts, each with its own time to arrive; it is there when all have.</summary>
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>What is known of a file. Null when it is not there.</summary>
    public async Task<MediaInfo?> FindAsync(MediaPath path, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await BlobOf(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new MediaInfo(
                TypeOf(path, properties.ContentType),
                properties.ContentLength,
                properties.ETag.ToString()
            );
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 400)
        {
            return null;
        }
    }

    /// <summary>Opens a file for a reader. Null when it is not there, or is another one by now.</summary>
    public async Task<MediaContent?> OpenAsync(MediaPath path, MediaInfo info, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(BlobOf(path), info.Version, cancellationToken);
        return file is null ? null : file with { ContentType = info.ContentType };
    }

    /// <summary>Reads a whole file, with nobody waiting. Null when it is not there, or is another one by now.</summary>
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

    /// <summary>Adds a file. False when there is one of this name, which stays as it is.</summary>
    public async Task<bool> AddAsync(MediaPath path, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = path.TypeByName ?? Unknown },
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

    /// <summary>Opens a blob of this version. Null when it is not there, or is another one by now.</summary>
    internal static async Task<MediaContent?> OpenAsync(
        BlobClient blob,
        string? version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var properties = (await blob.GetPropertiesAsync(Conditions(version), cancellationToken)).Value;
            var options = new BlobOpenReadOptions(allowModifications: false)
            {
                BufferSize = BufferBytes,
                Conditions = Conditions(properties.ETag.ToString()),
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

    private static BlobRequestConditions Conditions(string? version) =>
        new() { IfMatch = version is null ? null : new ETag(version) };

    private BlobClient BlobOf(MediaPath path) => storage.ContainerForReaders(path.Container).GetBlobClient(path.Name);

    private static string TypeOf(MediaPath path, string? uploaded) =>
        uploaded is not (null or "" or Unknown) ? uploaded : path.TypeByName ?? Unknown;
}

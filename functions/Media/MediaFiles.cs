using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.StaticFiles;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Media;

/// <summary>The author's pictures and other files. Read only.</summary>
public sealed class MediaFiles(BlogStorage storage)
{
    private const string Unknown = "application/octet-stream";
    private const int BufferBytes = 256 * 1024;

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Media);

    /// <summary>Opens a file. Null when it is not there.</summary>
    public async Task<MediaFile?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(path);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            var options = new BlobOpenReadOptions(allowModifications: false)
            {
                BufferSize = BufferBytes,
                Conditions = new BlobRequestConditions { IfMatch = properties.ETag },
            };
            var content = properties.ContentLength == 0 ? Stream.Null : await blob.OpenReadAsync(options, cancellationToken);
            return new MediaFile(content, TypeOf(path, properties.ContentType), properties.LastModified, properties.ETag.ToString("H"));
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 400)
        {
            return null;
        }
    }

    private static string TypeOf(string path, string? uploaded) =>
        uploaded is not (null or "" or Unknown) ? uploaded
        : Types.TryGetContentType(path, out var byName) ? byName
        : Unknown;
}

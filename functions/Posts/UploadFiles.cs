using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>The author's Markdown files. Read only: what is accepted is copied.</summary>
public sealed class UploadFiles(BlogStorage storage)
{
    private readonly BlobContainerClient _container = storage.Container(StorageNames.Posts);

    /// <summary>Reads a file as it is now. Null when it is not there.</summary>
    public async Task<Upload?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // One byte more than the limit is enough to see that it is over it.
            var options = new BlobDownloadOptions { Range = new HttpRange(0, PostFile.MaxBytes + 1) };
            var file = await _container.GetBlobClient(name).DownloadContentAsync(options, cancellationToken);
            return Of(file.Value.Details, file.Value.Content.ToArray());
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.Status == 416)
        {
            var properties = await _container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new Upload(properties.Value.ETag.ToString(), properties.Value.LastModified, []);
        }
    }

    /// <summary>The ETag of a file as it is now; <see cref="UploadReport.NoSource"/> when it is not there.</summary>
    public async Task<string> VersionAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await _container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ETag.ToString();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return UploadReport.NoSource;
        }
    }

    private static Upload Of(BlobDownloadDetails details, byte[] bytes) => new(details.ETag.ToString(), details.LastModified, bytes);
}

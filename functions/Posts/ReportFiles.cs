using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>The reports that uploads leave: same name plus <c>.txt</c>.</summary>
public sealed class ReportFiles(BlogStorage storage)
{
    private readonly BlobContainerClient _container = storage.Container(StorageNames.Reports);

    /// <summary>Writes the report over the one before it.</summary>
    public async Task WriteAsync(UploadReport report, CancellationToken cancellationToken) =>
        await _container.GetBlobClient(NameOf(report.Source)).UploadAsync(
            BinaryData.FromString(report.ToText()),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain; charset=utf-8" } },
            cancellationToken);

    /// <summary>The last report on a file. Null when there is none.</summary>
    public async Task<UploadReport?> FindAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await _container.GetBlobClient(NameOf(source)).DownloadContentAsync(cancellationToken);
            return UploadReport.TryParse(blob.Value.Content.ToString(), out var report) ? report : null;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    private static string NameOf(string source) => source + ".txt";
}

using System.Runtime.CompilerServices;
using Azure;

namespace ServerlessBlog.Export;

/// <summary>Reads all files that authors have uploaded, as they are now.</summary>
public sealed class AuthorFiles(BlogStorage storage)
{
    /// <summary>Reads the files of a container, in the order of their names.</summary>
    /// <param name="container">The container, which is also the folder of the export.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<ExportedFile> ReadAsync(
        string container,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var client = storage.Container(container);
        await foreach (var blob in client.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (await DownloadAsync(container, blob.Name, cancellationToken) is { } content)
            {
                yield return new ExportedFile($"{container}/{blob.Name}", content);
            }
        }
    }

    /// <summary>Downloads a file; null when it was deleted since it was listed.</summary>
    private async Task<BinaryData?> DownloadAsync(string container, string name, CancellationToken cancellationToken)
    {
        try
        {
            var blob = storage.Container(container).GetBlobClient(name);
            return (await blob.DownloadContentAsync(cancellationToken)).Value.Content;
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }
}

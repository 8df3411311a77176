using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Media;

/// <summary>
/// The store of drawn cards, a folder for each page in the container of encoded pictures. They can be drawn again at
/// any time.
/// </summary>
public sealed class CardFiles(BlogStorage storage, EncodingThread thread)
{
    private readonly BlobContainerClient _container = storage.Container(StorageNames.Pictures);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Pictures);

    /// <summary>
    /// Opens the card of a page, which is drawn when it is not there: once, whatever the number of requests for it at
    /// the same time.
    /// </summary>
    /// <param name="page">What identifies the page: 1 to 64 characters of a-z, 0-9.</param>
    /// <param name="card">The card.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted; a drawing that has begun is kept.</param>
    public async Task<MediaContent?> OpenAsync(string page, SocialCard card, CancellationToken cancellationToken)
    {
        var name = $"{FolderOf(page)}{card.Version}";
        if (await OpenAsync(name, cancellationToken) is { } drawn)
        {
            return drawn;
        }

        using var turn = await thread.WaitForTurnAsync(cancellationToken);
        if (await OpenAsync(name, cancellationToken) is not { } meanwhile)
        {
            await StoreAsync(page, name, await turn.RunAsync(() => CardEncoder.ToPng(card)));
            return await OpenAsync(name, cancellationToken);
        }

        return meanwhile;
    }

    private Task<MediaContent?> OpenAsync(string name, CancellationToken cancellationToken) =>
        MediaFiles.OpenAsync(_forReaders.GetBlobClient(name), version: null, cancellationToken);

    /// <summary>Stores a card, and deletes those of the page's former titles.</summary>
    private async Task StoreAsync(string page, string name, byte[] png)
    {
        await _container
            .GetBlobClient(name)
            .UploadAsync(
                BinaryData.FromBytes(png),
                new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = SocialCard.ContentType } },
                CancellationToken.None
            );
        await foreach (var blob in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = FolderOf(page) }))
        {
            if (blob.Name != name)
            {
                await _container.DeleteBlobIfExistsAsync(blob.Name);
            }
        }
    }

    private static string FolderOf(string page) => $"cards/{page}/";
}

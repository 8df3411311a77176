using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Media;

/// <summary>
/// The store of encoded pictures: a folder for each photo, with a folder for each version of it. They can be encoded
/// again at any time.
/// </summary>
/// <remarks>The full-size file is written last, and its metadata lists the others: when it is there, all are.</remarks>
public sealed class PictureFiles(BlogStorage storage)
{
    private const string Webp = "image/webp";

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Pictures);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Pictures);

    /// <summary>
    /// Finds the outcome of encoding a version of a photo. Returns null when it has not been encoded.
    /// </summary>
    public async Task<PictureLookup?> FindAsync(MediaPath photo, string version, CancellationToken cancellationToken)
    {
        try
        {
            var blob = (
                await _forReaders
                    .GetBlobClient(BlobNameOf(photo, version, null))
                    .GetPropertiesAsync(cancellationToken: cancellationToken)
            ).Value;
            return blob.Metadata.TryGetValue("problem", out var problem)
                ? new PictureLookup(null, Encoding.UTF8.GetString(Convert.FromHexString(problem)))
                : new PictureLookup(FromMetadata(blob.Metadata), null);
        }
        catch (Azure.RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Stores the encoded variants of a version of a photo.</summary>
    public async Task StoreAsync(
        MediaPath photo,
        string version,
        EncodedPicture encoded,
        CancellationToken cancellationToken
    )
    {
        await Task.WhenAll(
            encoded.Smaller.Select(smaller =>
                UploadAsync(
                    BlobNameOf(photo, version, smaller.Key),
                    smaller.Value,
                    Webp,
                    new Dictionary<string, string>(),
                    cancellationToken
                )
            )
        );
        await UploadAsync(
            BlobNameOf(photo, version, null),
            encoded.Full,
            encoded.ContentType,
            ToMetadata(encoded.Picture),
            cancellationToken
        );
    }

    /// <summary>Stores why a version of a photo cannot be encoded, so that it is not tried again.</summary>
    public Task StoreAsync(MediaPath photo, string version, string problem, CancellationToken cancellationToken) =>
        UploadAsync(
            BlobNameOf(photo, version, null),
            [],
            "text/plain",
            new Dictionary<string, string> { ["problem"] = Convert.ToHexString(Encoding.UTF8.GetBytes(problem)) },
            cancellationToken
        );

    /// <summary>Opens an encoded picture. Returns null when it is not there.</summary>
    /// <param name="photo">The path of the photo.</param>
    /// <param name="version">The version of the photo.</param>
    /// <param name="width">One of its smaller widths in pixels; null for the full size.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    public Task<MediaContent?> OpenAsync(
        MediaPath photo,
        string version,
        int? width,
        CancellationToken cancellationToken
    ) =>
        MediaFiles.OpenAsync(
            _forReaders.GetBlobClient(BlobNameOf(photo, version, width)),
            version: null,
            cancellationToken
        );

    /// <summary>Deletes the encoded variants of a photo.</summary>
    /// <param name="photo">The path of the photo.</param>
    /// <param name="keep">The version whose variants are kept; null to delete all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task DeleteAsync(MediaPath photo, string? keep, CancellationToken cancellationToken)
    {
        await foreach (
            var blob in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = FolderOf(photo) }, cancellationToken)
        )
        {
            if (keep is null || !blob.Name.StartsWith(FolderOf(photo, keep), StringComparison.Ordinal))
            {
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    private Task UploadAsync(
        string name,
        byte[] bytes,
        string type,
        Dictionary<string, string> metadata,
        CancellationToken cancellationToken
    ) =>
        _container
            .GetBlobClient(name)
            .UploadAsync(
                BinaryData.FromBytes(bytes),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = type },
                    Metadata = metadata,
                },
                cancellationToken
            );

    private static Dictionary<string, string> ToMetadata(Picture picture) =>
        new()
        {
            ["hash"] = picture.Hash,
            ["width"] = Format(picture.Width),
            ["height"] = Format(picture.Height),
            ["widths"] = string.Join(',', picture.Widths.Select(Format)),
        };

    private static Picture FromMetadata(IDictionary<string, string> metadata) =>
        new(
            metadata["hash"],
            ParseNumber(metadata["width"]),
            ParseNumber(metadata["height"]),
            [.. metadata["widths"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ParseNumber)]
        );

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int ParseNumber(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string BlobNameOf(MediaPath photo, string version, int? width) =>
        $"{FolderOf(photo, version)}{(width is { } pixels ? Format(pixels) : "whole")}";

    private static string FolderOf(MediaPath photo, string version) => $"{FolderOf(photo)}{version.Trim('"')}/";

    private static string FolderOf(MediaPath photo) => $"{ShortHash.Hash(photo.ToString())}/";
}

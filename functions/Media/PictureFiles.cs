using System.Globalization;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Media;

/// <summary>Pictures as readers get them: a folder for each photo, in it one for each version of it. They can be made again at any time.</summary>
/// <remarks>The whole picture is written last, and its metadata says what there is: where it lies, everything lies.</remarks>
public sealed class PictureFiles(BlogStorage storage)
{
    private const string Webp = "image/webp";

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Pictures);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Pictures);

    /// <summary>What was made of this version of a photo. Null when nothing was yet.</summary>
    public async Task<PictureLookup?> FindAsync(MediaPath photo, string version, CancellationToken cancellationToken)
    {
        try
        {
            var blob = (
                await _forReaders
                    .GetBlobClient(NameOf(photo, version, null))
                    .GetPropertiesAsync(cancellationToken: cancellationToken)
            ).Value;
            return blob.Metadata.TryGetValue("problem", out var problem)
                ? new PictureLookup(null, Encoding.UTF8.GetString(Convert.FromHexString(problem)))
                : new PictureLookup(Read(blob.Metadata), null);
        }
        catch (Azure.RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Keeps what was made of a photo.</summary>
    public async Task KeepAsync(
        MediaPath photo,
        string version,
        EncodedPicture made,
        CancellationToken cancellationToken
    )
    {
        await Task.WhenAll(
            made.Smaller.Select(smaller =>
                UploadAsync(
                    NameOf(photo, version, smaller.Key),
                    smaller.Value,
                    Webp,
                    new Dictionary<string, string>(),
                    cancellationToken
                )
            )
        );
        await UploadAsync(
            NameOf(photo, version, null),
            made.Full,
            made.ContentType,
            Write(made.Picture),
            cancellationToken
        );
    }

    /// <summary>Keeps why nothing could be made of a photo, so that nobody tries again.</summary>
    public Task KeepAsync(MediaPath photo, string version, string problem, CancellationToken cancellationToken) =>
        UploadAsync(
            NameOf(photo, version, null),
            [],
            "text/plain",
            new Dictionary<string, string> { ["problem"] = Convert.ToHexString(Encoding.UTF8.GetBytes(problem)) },
            cancellationToken
        );

    /// <summary>Opens a picture. Null when it is not there.</summary>
    /// <param name="photo">Of which photo.</param>
    /// <param name="version">Of which version of it.</param>
    /// <param name="width">One of its widths; null for the whole.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<MediaContent?> OpenAsync(
        MediaPath photo,
        string version,
        int? width,
        CancellationToken cancellationToken
    ) =>
        MediaFiles.OpenAsync(
            _forReaders.GetBlobClient(NameOf(photo, version, width)),
            version: null,
            cancellationToken
        );

    /// <summary>Deletes what was made of a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="keep">Of this version it stays; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task ForgetAsync(MediaPath photo, string? keep, CancellationToken cancellationToken)
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

    private static Dictionary<string, string> Write(Picture picture) =>
        new()
        {
            ["hash"] = picture.Hash,
            ["width"] = Text(picture.Width),
            ["height"] = Text(picture.Height),
            ["widths"] = string.Join(',', picture.Widths.Select(Text)),
        };

    private static Picture Read(IDictionary<string, string> metadata) =>
        new(
            metadata["hash"],
            Number(metadata["width"]),
            Number(metadata["height"]),
            [.. metadata["widths"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)]
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string NameOf(MediaPath photo, string version, int? width) =>
        $"{FolderOf(photo, version)}{(width is { } wide ? Text(wide) : "whole")}";

    private static string FolderOf(MediaPath photo, string version) => $"{FolderOf(photo)}{version.Trim('"')}/";

    private static string FolderOf(MediaPath photo) => $"{ShortHash.Hash(photo.ToString())}/";
}

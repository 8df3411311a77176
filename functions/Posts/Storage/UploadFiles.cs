using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The author's uploaded Markdown blobs. The program writes them only for the editor in the admin area; accepted files
/// are copied to <see cref="AcceptedFiles"/>.
/// </summary>
public sealed class UploadFiles(BlogStorage storage)
{
    private const string OriginKey = "origin";
    private const string ReplacesKey = "replaces";

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Posts);

    /// <summary>Reads a file as it is now; null when it does not exist.</summary>
    public async Task<Upload?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // One byte more than the limit suffices to detect a file over the limit.
            var options = new BlobDownloadOptions { Range = new HttpRange(0, PostFile.MaxBytes + 1) };
            var file = await _container.GetBlobClient(name).DownloadContentAsync(options, cancellationToken);
            return Read(file.Value.Details, file.Value.Content.ToArray());
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.Status == 416)
        {
            // Storage answers a range request on an empty blob with 416 Range Not Satisfiable.
            var properties = await _container
                .GetBlobClient(name)
                .GetPropertiesAsync(cancellationToken: cancellationToken);
            return new Upload(properties.Value.ETag.ToString(), properties.Value.LastModified, []);
        }
    }

    /// <summary>
    /// Returns the ETag of a file as it is now; <see cref="UploadReport.NoSource"/> when it does not exist.
    /// </summary>
    public async Task<string> GetVersionAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await _container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)
            ).Value.ETag.ToString();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return UploadReport.NoSource;
        }
    }

    /// <summary>
    /// Returns the ETag of a blob from the list of its container, without a request for the blob itself; null when it
    /// does not exist.
    /// </summary>
    public async Task<string?> FindListedVersionAsync(
        string container,
        string name,
        CancellationToken cancellationToken
    )
    {
        var blobs = storage
            .Container(container)
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, name, cancellationToken);
        var first = await blobs.FirstOrDefaultAsync(cancellationToken); // in the order of names: itself, if it exists
        return first?.Name == name ? first.Properties.ETag.ToString() : null;
    }

    /// <summary>
    /// Replaces the version of a file that its author has edited, or creates a file that must not exist. Returns the
    /// new ETag; null when the file was changed meanwhile, and then nothing is written.
    /// </summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="version">See <see cref="FileWrite"/>.</param>
    /// <param name="cancellationToken">Cancels the request; the file may have been written.</param>
    public Task<string?> WriteAsync(
        PostFileName name,
        byte[] bytes,
        string? version,
        CancellationToken cancellationToken
    ) => WriteAsync(new FileWrite(name, bytes, version), cancellationToken);

    /// <summary>As the other method, for a text that does not come from the editor.</summary>
    public async Task<string?> WriteAsync(FileWrite file, CancellationToken cancellationToken)
    {
        var (name, bytes, version) = file;
        if (version is not null && !BlobVersion.IsValid(version))
        {
            return null;
        }

        try
        {
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = TypeOf(name) },
                Metadata = MetadataOf(file),
                Conditions = version is null
                    ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                    : new BlobRequestConditions { IfMatch = new ETag(version) },
            };
            return (
                await _container
                    .GetBlobClient(name.ToString())
                    .UploadAsync(BinaryData.FromBytes(bytes), options, cancellationToken)
            ).Value.ETag.ToString();
        }
        catch (RequestFailedException conflict)
            when (conflict.Status is 409 or 412 || conflict.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // Equal content is this client's own write: its response was lost and the client retried.
            return
                await FindAsync(name.ToString(), cancellationToken) is { } now
                && now.Bytes.AsSpan().SequenceEqual(bytes)
                ? now.Version
                : null;
        }
    }

    /// <summary>
    /// Deletes the version of a file that its author saw. Returns false when the file was changed meanwhile, and then
    /// it stays; true also when somebody else has deleted it.
    /// </summary>
    public async Task<bool> DeleteAsync(string name, string version, CancellationToken cancellationToken)
    {
        if (!BlobVersion.IsValid(version))
        {
            return false;
        }

        try
        {
            await _container
                .GetBlobClient(name)
                .DeleteIfExistsAsync(
                    conditions: new BlobRequestConditions { IfMatch = new ETag(version) },
                    cancellationToken: cancellationToken
                );
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }

    /// <summary>Metadata is sent in headers, so a name is percent-encoded.</summary>
    private static Dictionary<string, string> MetadataOf(FileWrite file)
    {
        var metadata = new Dictionary<string, string> { [OriginKey] = file.Origin.ToString() };
        if (file.Replaces is not null)
        {
            metadata[ReplacesKey] = Uri.EscapeDataString(file.Replaces);
        }

        return metadata;
    }

    private static string TypeOf(PostFileName name) =>
        PostFileName.IsHtml(name.ToString()) ? "text/html; charset=utf-8" : "text/markdown; charset=utf-8";

    private static Upload Read(BlobDownloadDetails details, byte[] bytes) =>
        new(details.ETag.ToString(), details.LastModified, bytes)
        {
            Origin =
                details.Metadata.TryGetValue(OriginKey, out var word) && Enum.TryParse(word, out VersionOrigin origin)
                    ? origin
                    : VersionOrigin.Upload,
            Replaces = details.Metadata.TryGetValue(ReplacesKey, out var name) ? Uri.UnescapeDataString(name) : null,
        };
}

using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Posts.Storage;

/// <summary>The author's Markdown files. Written only for an author at the desk: what is accepted is copied.</summary>
public sealed class UploadFiles(BlogStorage storage)
{
    /// <summary>How many files a part of the list has, pictures among them counted.</summary>
    public const int PartSize = 100;

    /// <summary>Ample for what storage calls versions.</summary>
    private const int MaxVersion = 64;

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Posts);

    /// <summary>Reads a file as it is now. Null when it is not there.</summary>
    public async Task<Upload?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // One byte more than the limit is enough to see that it is over it.
            var options = new BlobDownloadOptions { Range = new HttpRange(0, PostFile.MaxBytes + 1) };
            var file = await _container.GetBlobClient(name).DownloadContentAsync(options, cancellationToken);
            return Read(file.Value.Details, file.Value.Content.ToArray());
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.Status == 416)
        {
            var properties = await _container
                .GetBlobClient(name)
                .GetPropertiesAsync(cancellationToken: cancellationToken);
            return new Upload(properties.Value.ETag.ToString(), properties.Value.LastModified, []);
        }
    }

    /// <summary>The ETag of a file as it is now; <see cref="UploadReport.NoSource"/> when it is not there.</summary>
    public async Task<string> VersionAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await _container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)
            ).Value.ETag.ToString();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return UploadReport.NoSource;
        }
    }

    /// <summary>Writes a file over the version that its author has seen, or a new one. Answers its version; null when another has come first, and nothing is written.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="version">The ETag of what it replaces, as somebody outside says; null for nothing.</param>
    /// <param name="cancellationToken">The author has gone; it may have been written.</param>
    public async Task<string?> WriteAsync(
        PostFileName name,
        byte[] bytes,
        string? version,
        CancellationToken cancellationToken
    )
    {
        if (
            version is not null
            && (
                version.Length > MaxVersion
                || !version.All(character => char.IsAsciiLetterOrDigit(character) || character is '"' or '-')
            )
        )
        {
            return null;
        }

        try
        {
            var options = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "text/markdown; charset=utf-8" },
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
        catch (RequestFailedException other)
            when (other.Status is 409 or 412 || other.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // The same bytes are ours: an answer was lost, and the client has tried again.
            return
                await FindAsync(name.ToString(), cancellationToken) is { } now
                && now.Bytes.AsSpan().SequenceEqual(bytes)
                ? now.Version
                : null;
        }
    }

    /// <summary>A part of the list of Markdown files, by name.</summary>
    /// <param name="beginning">How their names begin; empty for any.</param>
    /// <param name="after">What the part before has said, as somebody outside repeats it; null for the first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<UploadListPage> ListAsync(string beginning, string? after, CancellationToken cancellationToken)
    {
        try
        {
            var pages = _container
                .GetBlobsAsync(BlobTraits.None, BlobStates.None, beginning, cancellationToken)
                .AsPages(after, PartSize);
            var page = await pages.FirstAsync(cancellationToken);
            return new UploadListPage(
                [
                    .. page
                        .Values.Where(blob => PostFileName.TryParse(blob.Name, out _))
                        .Select(blob => new UploadEntry(blob.Name, blob.Properties.LastModified!.Value)),
                ],
                page.ContinuationToken is { Length: > 0 } next ? next : null
            );
        }
        catch (RequestFailedException strange) when (strange.Status == 400 && after is not null)
        {
            return await ListAsync(beginning, null, cancellationToken);
        }
    }

    private static Upload Read(BlobDownloadDetails details, byte[] bytes) =>
        new(details.ETag.ToString(), details.LastModified, bytes);
}

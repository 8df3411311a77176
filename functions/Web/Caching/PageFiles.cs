using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Rendered pages in Blob Storage, so that a new instance need not render them: one blob per page with all encodings,
/// read in one call.
/// </summary>
/// <remarks>
/// A blob holds the encodings one after another: identity, Brotli, gzip. Its metadata holds the lengths of the first
/// two in bytes and the Content-Security-Policy.
/// </remarks>
public sealed class PageFiles(BlogStorage storage)
{
    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Pages);

    /// <summary>Reads a page. Returns null when it has not been rendered yet, or its blob is incomplete.</summary>
    /// <exception cref="RequestFailedException">Storage refused or did not respond.</exception>
    public async Task<EncodedPage?> FindAsync(PageKey key, CancellationToken cancellationToken)
    {
        try
        {
            var blob = (await _container.GetBlobClient(key.ToString()).DownloadContentAsync(cancellationToken)).Value;
            var bytes = blob.Content.ToMemory();
            var (identity, brotli) = (Length(blob.Details, "identity"), Length(blob.Details, "brotli"));
            return identity + brotli is > 0 and var before && before <= bytes.Length
                ? new EncodedPage(
                    bytes[..identity],
                    bytes[identity..before],
                    bytes[before..],
                    key.Modified,
                    blob.Details.Metadata.TryGetValue("policy", out var policy) ? policy : null
                )
                : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Stores and returns a page. Does nothing when another instance has stored it already.</summary>
    /// <exception cref="RequestFailedException">Storage refused or did not respond.</exception>
    public async Task<EncodedPage?> StoreAsync(PageKey key, EncodedPage page, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(page.Size);
        bytes.Write(page.Identity.Span);
        bytes.Write(page.Brotli.Span);
        bytes.Write(page.Gzip.Span);
        bytes.Position = 0;
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            Metadata = new Dictionary<string, string>
            {
                ["identity"] = Text(page.Identity.Length),
                ["brotli"] = Text(page.Brotli.Length),
            },
        };
        if (page.Policy is not null)
        {
            options.Metadata["policy"] = page.Policy;
        }

        try
        {
            await _container.GetBlobClient(key.ToString()).UploadAsync(bytes, options, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412) { }

        return page;
    }

    /// <summary>
    /// Deletes the pages that were stored before a time. One that is requested again is rendered again.
    /// </summary>
    public Task SweepAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        DeleteAsync("", blob => blob.Properties.LastModified < before, cancellationToken);

    /// <summary>Deletes pages of every age. One that is requested again is rendered again.</summary>
    /// <param name="page">The prefix of the blob names, such as <c>posts/{id}/</c>.</param>
    /// <param name="cancellationToken">
    /// Cancels the deletion; <see cref="SweepAsync"/> deletes the remaining pages later.
    /// </param>
    public Task DeleteByPrefixAsync(string page, CancellationToken cancellationToken) =>
        DeleteAsync(page, _ => true, cancellationToken);

    private async Task DeleteAsync(string prefix, Func<BlobItem, bool> predicate, CancellationToken cancellationToken)
    {
        await foreach (
            var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
        )
        {
            if (predicate(blob))
            {
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    private static int Length(BlobDownloadDetails details, string name) =>
        details.Metadata.TryGetValue(name, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : 0;

    private static string Text(int length) => length.ToString(CultureInfo.InvariantCulture);
}

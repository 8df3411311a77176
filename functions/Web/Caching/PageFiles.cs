using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Web.Caching;

/// <summary>Rendered pages in Blob Storage, so that a new instance need not render: one blob a page, all encodings in it, one read.</summary>
/// <remarks>The blob is the encodings one after another; its metadata says how long the first two are, and its policy.</remarks>
public sealed class PageFiles(BlogStorage storage)
{
    private readonly BlobContainerClient _container = storage.ContainerForReaders(StorageNames.Pages);

    /// <summary>Finds a page. Null when it has not been rendered, or its blob is not whole.</summary>
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

    /// <summary>Keeps a page, unless another instance was first.</summary>
    public async Task KeepAsync(PageKey key, EncodedPage page, CancellationToken cancellationToken)
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
        catch (RequestFailedException there) when (there.Status is 409 or 412) { }
    }

    /// <summary>Deletes pages written before a time. One that is still asked for is rendered again.</summary>
    public Task SweepAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        DeleteAsync("", blob => blob.Properties.LastModified < before, cancellationToken);

    /// <summary>Deletes pages whatever their state: one that is still asked for is rendered again.</summary>
    /// <param name="page">How their names begin, such as <c>posts/{id}/</c>.</param>
    /// <param name="cancellationToken">Stops the work; what is left is swept later.</param>
    public Task ForgetAsync(string page, CancellationToken cancellationToken) =>
        DeleteAsync(page, _ => true, cancellationToken);

    private async Task DeleteAsync(string prefix, Func<BlobItem, bool> isMeant, CancellationToken cancellationToken)
    {
        await foreach (
            var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
        )
        {
            if (isMeant(blob))
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

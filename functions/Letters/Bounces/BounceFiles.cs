using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Letters.Bounces;

/// <summary>
/// The mails that an inbound rule puts into the container <c>bounces</c>, a blob each, as they came (RFC 5322).
/// </summary>
public sealed class BounceFiles(BlogStorage storage)
{
    private const string SeenKey = "seen";

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Bounces);

    /// <summary>
    /// Reads the mails that were not marked as seen, up to <see cref="DeliveryReport.MaxBytes"/> of each.
    /// </summary>
    public async IAsyncEnumerable<BouncedMail> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await _container.ExistsAsync(cancellationToken))
        {
            yield break; // deployed by an earlier version's infra
        }

        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata };
        await foreach (var blob in _container.GetBlobsAsync(options, cancellationToken))
        {
            if (!blob.Metadata.ContainsKey(SeenKey) && await DownloadAsync(blob, cancellationToken) is { } bytes)
            {
                yield return new BouncedMail(blob.Name, blob.Properties.CreatedOn ?? DateTimeOffset.MaxValue, bytes);
            }
        }
    }

    /// <summary>Deletes a mail. Idempotent.</summary>
    public Task DeleteAsync(BouncedMail mail, CancellationToken cancellationToken) =>
        _container.GetBlobClient(mail.Name).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Marks a mail that is no report, so that it is not read again; a person may want to see it.</summary>
    public async Task MarkSeenAsync(BouncedMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await _container
                .GetBlobClient(mail.Name)
                .SetMetadataAsync(
                    new Dictionary<string, string> { [SeenKey] = "yes" },
                    cancellationToken: cancellationToken
                );
        }
        catch (RequestFailedException gone) when (gone.Status == 404) { }
    }

    private async Task<byte[]?> DownloadAsync(BlobItem blob, CancellationToken cancellationToken)
    {
        if (blob.Properties.ContentLength is null or 0)
        {
            return [];
        }

        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(0, DeliveryReport.MaxBytes) };
            var content = await _container.GetBlobClient(blob.Name).DownloadContentAsync(options, cancellationToken);
            return content.Value.Content.ToArray();
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 416)
        {
            return null;
        }
    }
}

/// <summary>A mail in the container.</summary>
/// <param name="Name">The name of its blob.</param>
/// <param name="Time">When it came.</param>
/// <param name="Bytes">Its beginning.</param>
public sealed record BouncedMail(string Name, DateTimeOffset Time, byte[] Bytes);

using Azure.Storage.Blobs;

namespace ServerlessBlog.Search.Index;

/// <summary>The versions of the index in Blob Storage, each a file that never changes.</summary>
public sealed class SearchIndexFiles(BlogStorage storage)
{
    private readonly BlobContainerClient _container = storage.Container(StorageNames.Search);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Search);

    /// <summary>Copies a version into a file on this machine, with the timeouts for queue functions.</summary>
    public Task DownloadAsync(string name, string path, CancellationToken cancellationToken) =>
        _container.GetBlobClient(name).DownloadToAsync(path, cancellationToken);

    /// <summary>Copies a version into a file on this machine, with the short timeouts for readers.</summary>
    public Task DownloadForReadersAsync(string name, string path, CancellationToken cancellationToken) =>
        _forReaders.GetBlobClient(name).DownloadToAsync(path, cancellationToken);

    /// <summary>
    /// Stores a new version, reads it back and compares it. Returns its name, of which nobody knows yet.
    /// </summary>
    /// <exception cref="InvalidDataException">What was read back is not what was written.</exception>
    public async Task<string> SaveAsync(string path, CancellationToken cancellationToken)
    {
        var name = $"{Guid.CreateVersion7():N}.db";
        var blob = _container.GetBlobClient(name);
        await blob.UploadAsync(path, cancellationToken);
        await using var written = File.OpenRead(path);
        await using var stored = await blob.OpenReadAsync(cancellationToken: cancellationToken);
        var hash = await SHA256.HashDataAsync(written, cancellationToken);
        var hashOfStored = await SHA256.HashDataAsync(stored, cancellationToken);
        return hash.AsSpan().SequenceEqual(hashOfStored)
            ? name
            : throw new InvalidDataException($"The index for search {name} was not stored as it was written.");
    }

    /// <summary>Deletes the versions that are older than a time, except one.</summary>
    public async Task SweepAsync(DateTimeOffset before, string? kept, CancellationToken cancellationToken)
    {
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (blob.Name != kept && blob.Properties.LastModified < before)
            {
                await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }
}

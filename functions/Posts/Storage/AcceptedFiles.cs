using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Copies of the accepted post files, each named by the hash of its bytes and never changed, so that a page can be
/// rendered again whatever happens to the uploaded blob.
/// </summary>
public sealed class AcceptedFiles(BlogStorage storage) : IDisposable
{
    private readonly BlobContainerClient _container = storage.Container(StorageNames.Accepted);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Accepted);
    private readonly BoundedCache<string, byte[]> _copies = new(CacheLimits.PostTextBytes, (_, copy) => copy.Length);

    /// <summary>Returns the SHA-256 of a file's bytes, in hexadecimal: the copy's name.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Stores a copy. Idempotent: a copy that exists is left as it is.</summary>
    public async Task SaveAsync(PostId post, byte[] bytes, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await _container
                .GetBlobClient(BlobNameFor(post, Hash(bytes)))
                .UploadAsync(BinaryData.FromBytes(bytes), options, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412) { }
    }

    /// <summary>Reads the copy that a post refers to.</summary>
    /// <exception cref="RequestFailedException">The copy is missing, or storage is unavailable.</exception>
    public ValueTask<byte[]> ReadAsync(Post post, CancellationToken cancellationToken) =>
        _copies.GetOrCreateAsync(BlobNameFor(post.Id, post.ContentHash), DownloadAsync, cancellationToken);

    /// <summary>Reads the copy of a version; null when it was removed.</summary>
    public async Task<byte[]?> FindAsync(PostId post, string hash, CancellationToken cancellationToken)
    {
        try
        {
            var blob = _container.GetBlobClient(BlobNameFor(post, hash));
            return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Writes a copy once more after the row that names it: a removal that began before, when no row named it, fails or
    /// is undone.
    /// </summary>
    public Task RenewAsync(PostId post, byte[] bytes, CancellationToken cancellationToken) =>
        _container
            .GetBlobClient(BlobNameFor(post, Hash(bytes)))
            .UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken);

    /// <summary>Removes a copy that nothing uses, unless it is written meanwhile.</summary>
    /// <param name="post">The post.</param>
    /// <param name="hash">The hash that names the copy.</param>
    /// <param name="isUsed">Reads whether anything uses it; called after the copy's ETag is known.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task DeleteUnlessUsedAsync(
        PostId post,
        string hash,
        Func<Task<bool>> isUsed,
        CancellationToken cancellationToken
    )
    {
        var blob = _container.GetBlobClient(BlobNameFor(post, hash));
        try
        {
            var found = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            if (!await isUsed())
            {
                await blob.DeleteIfExistsAsync(
                    conditions: new BlobRequestConditions { IfMatch = found.Value.ETag },
                    cancellationToken: cancellationToken
                );
            }
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412) { }
    }

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();

    private async Task<byte[]> DownloadAsync(string name) =>
        (await _forReaders.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToArray();

    /// <summary>The name of the copy of a version.</summary>
    internal static string BlobNameFor(PostId post, string hash) => $"{post}/{hash}.md";
}

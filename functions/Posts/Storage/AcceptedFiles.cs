using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Copies of the accepted post files, each named by the hash of its bytes and never changed, so that a page can be
/// rendered again whatever happens to the uploaded blob.
/// </summary>
public sealed class AcceptedFiles(BlogStorage storage) : IDisposable
{
    /// <summary>
    /// The capacity in bytes of this instance's cache of copies: 4 MiB. A new comment renders its page again with an
    /// unchanged text.
    /// </summary>
    public const int MaxCachedBytes = 4 * 1024 * 1024;

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Accepted);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Accepted);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCachedBytes });

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
    public async Task<byte[]> ReadAsync(Post post, CancellationToken cancellationToken)
    {
        var name = BlobNameFor(post.Id, post.ContentHash);
        if (_cache.TryGetValue<byte[]>(name, out var cached))
        {
            return cached!;
        }

        var bytes = (
            await _forReaders.GetBlobClient(name).DownloadContentAsync(cancellationToken)
        ).Value.Content.ToArray();
        return _cache.Set(name, bytes, new MemoryCacheEntryOptions { Size = bytes.Length });
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    private static string BlobNameFor(PostId post, string hash) => $"{post}/{hash}.md";
}

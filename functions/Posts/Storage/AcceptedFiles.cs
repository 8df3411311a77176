using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>Accepted copies of the author's files, named after what is in them: never changed, so a page can always be rendered again.</summary>
public sealed class AcceptedFiles(BlogStorage storage) : IDisposable
{
    /// <summary>The most bytes remembered of copies that were read: 4 MB. A comment makes a page anew, and the text on it is what it was.</summary>
    public const int MaxRemembered = 4 * 1024 * 1024;

    private readonly BlobContainerClient _container = storage.Container(StorageNames.Accepted);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Accepted);
    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>The name of a copy with these bytes.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Keeps a copy. Keeping it again changes nothing.</summary>
    public async Task KeepAsync(PostId post, byte[] bytes, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await _container
                .GetBlobClient(NameOf(post, HashOf(bytes)))
                .UploadAsync(BinaryData.FromBytes(bytes), options, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412) { }
    }

    /// <summary>The copy that a post names.</summary>
    /// <exception cref="RequestFailedException">It is not there, or storage does not answer.</exception>
    public async Task<byte[]> ReadAsync(Post post, CancellationToken cancellationToken)
    {
        var name = NameOf(post.Id, post.ContentHash);
        if (_read.TryGetValue<byte[]>(name, out var known))
        {
            return known!;
        }

        var bytes = (
            await _forReaders.GetBlobClient(name).DownloadContentAsync(cancellationToken)
        ).Value.Content.ToArray();
        return _read.Set(name, bytes, new MemoryCacheEntryOptions { Size = bytes.Length });
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Dispose();

    private static string NameOf(PostId post, string hash) => $"{post}/{hash}.md";
}

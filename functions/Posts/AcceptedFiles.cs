using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>Accepted copies of the author's files, named after what is in them: never changed, so a page can always be rendered again.</summary>
public sealed class AcceptedFiles(BlogStorage storage)
{
    private readonly BlobContainerClient _container = storage.Container(StorageNames.Accepted);
    private readonly BlobContainerClient _forReaders = storage.ContainerForReaders(StorageNames.Accepted);

    /// <summary>The name of a copy with these bytes.</summary>
    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Keeps a copy. Keeping it again changes nothing.</summary>
    public async Task KeepAsync(PostId post, byte[] bytes, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await _container.GetBlobClient(NameOf(post, HashOf(bytes))).UploadAsync(BinaryData.FromBytes(bytes), options, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
        }
    }

    /// <summary>Reads the copy that a post names.</summary>
    /// <exception cref="RequestFailedException">It is not there, or storage does not answer.</exception>
    public async Task<byte[]> ReadAsync(Post post, CancellationToken cancellationToken)
    {
        var copy = await _forReaders.GetBlobClient(NameOf(post.Id, post.ContentHash)).DownloadContentAsync(cancellationToken);
        return copy.Value.Content.ToArray();
    }

    private static string NameOf(PostId post, string hash) => $"{post}/{hash}.md";
}

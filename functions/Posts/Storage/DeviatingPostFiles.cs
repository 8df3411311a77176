using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Storage;

/// <summary>Finds accepted copies and uploaded files that are not as the rows of their posts say.</summary>
internal sealed class DeviatingPostFiles(BlogStorage storage, AcceptedFiles accepted, UploadFiles uploads)
{
    /// <summary>Finds what deviates.</summary>
    public async IAsyncEnumerable<Deviation> FindAsync(
        IReadOnlyList<Post> posts,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var copies = await NamesIn(StorageNames.Accepted, cancellationToken)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        foreach (
            var post in posts.Where(post => !copies.Contains(AcceptedFiles.BlobNameFor(post.Id, post.ContentHash)))
        )
        {
            yield return new Deviation(
                post.Source,
                "the accepted copy of its text is gone, so its page cannot be rendered: upload the file again",
                await CanRestoreAsync(post, cancellationToken) ? stop => RestoreAsync(post, stop) : null
            );
        }

        var files = await NamesIn(StorageNames.Posts, cancellationToken)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        foreach (var post in posts.Where(post => post.SourceVersion.Length > 0 && !files.Contains(post.Source)))
        {
            yield return new Deviation(
                post.Source,
                "the file is gone from the container posts, and the blog was not told: upload it, or delete it again",
                MendAsync: null
            );
        }

        var published = posts.Select(post => post.Source).ToHashSet(StringComparer.Ordinal);
        var reported = await NamesIn(StorageNames.Reports, cancellationToken)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        foreach (var file in files.Where(file => !published.Contains(file) && !reported.Contains(file + ".txt")))
        {
            yield return new Deviation(
                file,
                "the file was never looked at: upload it again with --force",
                MendAsync: null
            );
        }
    }

    private IAsyncEnumerable<string> NamesIn(string container, CancellationToken cancellationToken) =>
        storage
            .Container(container)
            .GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellationToken)
            .Select(blob => blob.Name)
            .Where(name => container != StorageNames.Posts || PostFileName.TryParse(name, out _));

    private async Task<bool> CanRestoreAsync(Post post, CancellationToken cancellationToken) =>
        await uploads.FindAsync(post.Source, cancellationToken) is { } file
        && AcceptedFiles.Hash(file.Bytes) == post.ContentHash;

    private async Task<bool> RestoreAsync(Post post, CancellationToken cancellationToken)
    {
        if (
            await uploads.FindAsync(post.Source, cancellationToken) is not { } file
            || AcceptedFiles.Hash(file.Bytes) != post.ContentHash
        )
        {
            return false;
        }

        await accepted.RenewAsync(post.Id, file.Bytes, cancellationToken);
        return true;
    }
}

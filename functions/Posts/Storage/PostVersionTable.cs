using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The last versions of each post: rows <c>version:{id}:{number}</c> in the partition of the posts, newest first, whose
/// texts are in <see cref="AcceptedFiles"/>. The row of an accepted version is written together with that of its post,
/// so no version is lost or doubled.
/// </summary>
public sealed class PostVersionTable(BlogStorage storage, AcceptedFiles accepted)
{
    private const int LastNumber = 999_999_999;

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);

    /// <summary>Reads the versions of a post that are kept, newest first.</summary>
    public async Task<IReadOnlyList<PostVersion>> ReadAsync(PostId post, CancellationToken cancellationToken) =>
        [.. (await ReadAllAsync(post, cancellationToken)).Take(PostVersion.MaxKept)];

    /// <summary>
    /// Creates the versions to store with a post whose text is new: that text and, when no version is stored yet, the
    /// text before it. None when the text is the stored one.
    /// </summary>
    /// <param name="before">The post as it is stored; null when it is new.</param>
    /// <param name="post">The post to store.</param>
    /// <param name="time">The time at which the file was written.</param>
    /// <param name="origin">Where the file came from.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<PostVersion>> CreateAsync(
        Post? before,
        Post post,
        DateTimeOffset time,
        VersionOrigin origin,
        CancellationToken cancellationToken
    )
    {
        if (before?.ContentHash == post.ContentHash)
        {
            return [];
        }

        var last = await RowRange
            .ReadAsync(_table, PostRows.Partition, PrefixOf(post.Id), EndOf(post.Id), most: 1, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        var number = last is null ? 0 : Row.Read(last, PostJson.Default.PostVersion).Number;
        PostVersion[] first =
            last is null && before is not null
                ? [new(++number, before.ContentHash, before.Updated, VersionOrigin.Upload, before.Metadata.Title)]
                : [];
        return [.. first, new PostVersion(number + 1, post.ContentHash, time, origin, post.Metadata.Title)];
    }

    /// <summary>Adds a text that was refused, with its copy, unless a version has it.</summary>
    public async Task KeepRefusedAsync(
        Post post,
        byte[] bytes,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        var hash = AcceptedFiles.Hash(bytes);
        while (true)
        {
            var all = await ReadAllAsync(post.Id, cancellationToken);
            if (hash == post.ContentHash || all.Any(version => version.Hash == hash))
            {
                return;
            }

            await accepted.SaveAsync(post.Id, bytes, cancellationToken);
            var number = all.Count == 0 ? 1 : all[0].Number + 1;
            var kept = new PostVersion(number, hash, time, VersionOrigin.Refused, post.Source);
            if (await Row.TryWriteAsync(_table, RowFor(post.Id, kept), readVersion: null, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Removes the versions beyond the last 20, and the copies that neither a kept version nor the post has. To be
    /// called after a version was added, whose copy is then written once more: so a copy that comes into use again
    /// meanwhile stays.
    /// </summary>
    public async Task TrimAsync(PostId post, CancellationToken cancellationToken)
    {
        var old = (await ReadAllAsync(post, cancellationToken)).Skip(PostVersion.MaxKept).ToList();
        foreach (var hash in old.Select(version => version.Hash).Distinct())
        {
            await accepted.DeleteUnlessUsedAsync(post, hash, () => IsUsedAsync(post, hash), cancellationToken);
        }

        foreach (var version in old)
        {
            await _table.DeleteEntityAsync(
                PostRows.Partition,
                KeyFor(post, version),
                cancellationToken: cancellationToken
            );
        }

        async Task<bool> IsUsedAsync(PostId id, string hash)
        {
            var kept = await ReadAsync(id, cancellationToken);
            var stored = await Row.FindAsync(
                _table,
                PostRows.Partition,
                PostRows.KeyFor(id),
                PostJson.Default.Post,
                cancellationToken
            );
            return stored?.Value.ContentHash == hash || kept.Any(version => version.Hash == hash);
        }
    }

    /// <summary>The row of a version.</summary>
    internal static TableEntity RowFor(PostId post, PostVersion version) =>
        Row.Create(PostRows.Partition, KeyFor(post, version), version, PostJson.Default.PostVersion);

    private async Task<List<PostVersion>> ReadAllAsync(PostId post, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(_table, PostRows.Partition, PrefixOf(post), EndOf(post), int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, PostJson.Default.PostVersion))
            .ToListAsync(cancellationToken);

    private static string KeyFor(PostId post, PostVersion version) =>
        string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(post)}{LastNumber - version.Number:D9}");

    private static string PrefixOf(PostId post) => $"version:{post}:";

    private static string EndOf(PostId post) => $"version:{post};";
}

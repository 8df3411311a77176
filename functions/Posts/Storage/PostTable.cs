using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The table of posts. A post, its claims on addresses and its list rows are written in one transaction, so they always
/// agree.
/// </summary>
public sealed class PostTable(BlogStorage storage) : IPostLookup
{
    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Reads a post in any state with the retry profile for readers; null when there is none.</summary>
    public Task<Versioned<Post>?> FindAsync(PostId id, CancellationToken cancellationToken) =>
        FindAsync(_forReaders, id, cancellationToken);

    /// <summary>Reads a post in any state with the longer retry profile for writing; null when there is none.</summary>
    public Task<Versioned<Post>?> FindForWriteAsync(PostId id, CancellationToken cancellationToken) =>
        FindAsync(_table, id, cancellationToken);

    /// <inheritdoc/>
    public async Task<PostId> FindIdAsync(string blobName, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            PostRows.Partition,
            PostRows.KeyForName(blobName),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? new PostId(row.Value!.GetString("Post")) : PostId.FromBlobName(blobName);
    }

    /// <inheritdoc/>
    public async Task<Post?> FindSameTextAsync(Post post, CancellationToken cancellationToken)
    {
        var prefix = PostRows.KeyForText(post.ContentHash);
        var other = await RowRange
            .ReadKeysAsync(_table, PostRows.Partition, prefix, prefix[..^1] + ';', cancellationToken)
            .Take(2)
            .FirstOrDefaultAsync(key => key != prefix + post.Id, cancellationToken);
        var found = other is null
            ? null
            : await FindForWriteAsync(new PostId(other[prefix.Length..]), cancellationToken);
        return found?.Value.ContentHash == post.ContentHash ? found.Value : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListedPost>> FindTranslationsAsync(string key, CancellationToken cancellationToken)
    {
        var prefix = PostRows.KeyForTranslations(key);
        return await RowRange
            .ReadAsync(
                _table,
                PostRows.Partition,
                prefix,
                prefix[..^1] + ';',
                PostLists.MaxTranslations,
                cancellationToken
            )
            .Take(PostLists.MaxTranslations)
            .Select(row => Row.Read(row, PostJson.Default.ListedPost))
            .ToListAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Post?> FindHolderAsync(SitePath path, CancellationToken cancellationToken) =>
        HolderOf(path, (await ReadOwnerAsync(path, cancellationToken)).Owner);

    /// <summary>
    /// Determines the address record that a path should have now, without a revision; null when no post holds it or
    /// held it last while public.
    /// </summary>
    public async Task<Address?> ResolveAddressAsync(SitePath path, CancellationToken cancellationToken)
    {
        var post = (await ReadOwnerAsync(path, cancellationToken)).Owner;
        return post?.State switch
        {
            PostState.Published => new Address(
                post.Path.Key == path.Key ? AddressKind.Post : AddressKind.Moved,
                post.Id,
                Revision.None.Text,
                post.Path
            ),
            PostState.Withdrawn => new Address(AddressKind.Gone, post.Id, Revision.None.Text, post.Path),
            _ => null,
        };
    }

    /// <summary>
    /// Adds the post, or replaces the version that was read, with its addresses and list rows. Returns the new ETag, or
    /// null when the post or one of its addresses was changed meanwhile: read and decide again. A post without changes
    /// is not written.
    /// </summary>
    public Task<string?> SaveAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken) =>
        SaveAsync(read, post, [], cancellationToken);

    /// <summary>As the other method, and adds versions of the post's text.</summary>
    public async Task<string?> SaveAsync(
        Versioned<Post>? read,
        Post post,
        IReadOnlyList<PostVersion> versions,
        CancellationToken cancellationToken
    )
    {
        post = post with { IsInStatusLists = true };
        if (read is not null && !IsChange(read, post))
        {
            return read.Version;
        }

        if (await ClaimAddressesAsync(post, cancellationToken) is not { } claims)
        {
            return null;
        }

        List<TableTransactionAction> actions =
        [
            Row.Write(RowOf(post), read?.Version),
            PostRows.NoteChange(post.Id),
            .. claims,
            .. ReplaceListRows(read?.Value, post),
            .. versions.Select(version => Row.Write(PostVersionTable.RowFor(post.Id, version), readVersion: null)),
        ];
        return await Row.TrySubmitAsync(_table, actions, cancellationToken);
    }

    /// <summary>Whether a post differs from what was read, so that saving it would write anything.</summary>
    public static bool IsChange(Versioned<Post>? read, Post post) =>
        read is null || !Row.DataEquals(RowOf(post with { IsInStatusLists = true }), RowOf(read.Value));

    /// <summary>
    /// Adds a post to the lists by status, with the number of its warnings, and changes nothing else. Returns false
    /// when it was changed meanwhile.
    /// </summary>
    internal Task<bool> AddToStatusListsAsync(Versioned<Post> read, int warnings, CancellationToken cancellationToken)
    {
        var post = read.Value with { IsInStatusLists = true, Warnings = warnings };
        return Row.TryTransactionAsync(
            _table,
            PostStatusRows
                .RowsOf(post)
                .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
                .Prepend(Row.Write(RowOf(post), read.Version)),
            cancellationToken
        );
    }

    /// <summary>The row of a post.</summary>
    internal static TableEntity RowOf(Post post)
    {
        var row = Row.Create(PostRows.Partition, PostRows.KeyFor(post.Id), post, PostJson.Default.Post);
        if (post.IsInStatusLists)
        {
            row[PostStatusRows.IsListed] = true;
        }

        return row;
    }

    /// <summary>
    /// Returns the posts whose <see cref="Post.Due"/> is not after a time, the earliest first.
    /// </summary>
    public async Task<IReadOnlyList<DueDate>> FindDueAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(
                _table,
                PostRows.Partition,
                "due:",
                $"due:{RowRange.OldestFirst(time)};",
                most: 1000,
                cancellationToken
            )
            .Select(PostRows.ReadDue)
            .ToListAsync(cancellationToken);

    /// <summary>
    /// Creates the writes that claim the post's addresses. Null when another post holds one of them. Empty when the
    /// post is neither public nor scheduled.
    /// </summary>
    private async Task<List<TableTransactionAction>?> ClaimAddressesAsync(
        Post post,
        CancellationToken cancellationToken
    )
    {
        var claims = new List<TableTransactionAction>();
        foreach (var path in post.HoldsAddress ? post.HeldPaths : [])
        {
            var (owner, version) = await ReadOwnerAsync(path, cancellationToken);
            if (HolderOf(path, owner) is { } holder && holder.Id != post.Id)
            {
                return null;
            }

            claims.Add(Row.Write(PostRows.ClaimOf(path, post.Id), version));
        }

        return claims;
    }

    /// <summary>Creates the writes that replace the list rows of the stored post, null for a new one.</summary>
    private static IEnumerable<TableTransactionAction> ReplaceListRows(Post? stored, Post post)
    {
        var before = stored is null ? [] : PostRows.DerivedRows(stored);
        var after = PostRows.DerivedRows(post);
        return after
            .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row))
            .Concat(
                before
                    .Where(old => after.TrueForAll(row => row.RowKey != old.RowKey))
                    .Select(old => new TableTransactionAction(TableTransactionActionType.Delete, old, Azure.ETag.All))
            );
    }

    private static Task<Versioned<Post>?> FindAsync(
        TableClient table,
        PostId id,
        CancellationToken cancellationToken
    ) => Row.FindAsync(table, PostRows.Partition, PostRows.KeyFor(id), PostJson.Default.Post, cancellationToken);

    private static Post? HolderOf(SitePath path, Post? owner) =>
        owner is { HoldsAddress: true } && owner.HeldPaths.Any(held => held.Key == path.Key) ? owner : null;

    /// <summary>
    /// Reads the post that claimed a path last, with the ETag of the claim's row. The claim can be replaced once that
    /// post no longer holds the path.
    /// </summary>
    private async Task<(Post? Owner, string? Version)> ReadOwnerAsync(
        SitePath path,
        CancellationToken cancellationToken
    )
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            PostRows.Partition,
            PostRows.KeyFor(path),
            cancellationToken: cancellationToken
        );
        return row.HasValue
            ? (
                (await FindForWriteAsync(new PostId(row.Value!.GetString("Post")), cancellationToken))?.Value,
                row.Value.ETag.ToString()
            )
            : (null, null);
    }
}

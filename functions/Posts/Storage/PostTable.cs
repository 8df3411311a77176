using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Posts.Storage;

/// <summary>All posts. One batch writes a post, its addresses and its places in lists, so they never disagree.</summary>
public sealed class PostTable(BlogStorage storage)
{
    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Finds a post in any state. Null when there is none.</summary>
    public Task<Versioned<Post>?> FindAsync(PostId id, CancellationToken cancellationToken) =>
        FindAsync(_forReaders, id, cancellationToken);

    /// <summary>As <see cref="FindAsync(PostId, CancellationToken)"/>, with nobody waiting: as patient as writing.</summary>
    public Task<Versioned<Post>?> FindPatientlyAsync(PostId id, CancellationToken cancellationToken) =>
        FindAsync(_table, id, cancellationToken);

    /// <summary>The post that holds this address: public there, or waiting to be. Null when it is free.</summary>
    public async Task<Post?> FindHolderAsync(SitePath path, CancellationToken cancellationToken) =>
        HolderOf(path, (await ReadOwnerAsync(path, cancellationToken)).Owner);

    /// <summary>What stands at an address now, without a revision. Null when it is none of the published posts' and never was.</summary>
    public async Task<Address?> FindStandingAsync(SitePath path, CancellationToken cancellationToken)
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
    /// Adds the post, or replaces the one that was read. Answers its new version, or null when another has come first, to the post or to
    /// one of its addresses: read and decide again. What is there already is not written again.
    /// </summary>
    public async Task<string?> SaveAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken)
    {
        var row = Row.Create(PostRows.Partition, PostRows.KeyOf(post.Id), post, PostJson.Default.Post);
        if (
            read is not null
            && Row.AreSame(
                row,
                Row.Create(PostRows.Partition, PostRows.KeyOf(post.Id), read.Value, PostJson.Default.Post)
            )
        )
        {
            return read.Version;
        }

        var actions = new List<TableTransactionAction> { Row.Write(row, read?.Version) };
        foreach (var path in post.HoldsAddress ? post.Held : [])
        {
            var (owner, version) = await ReadOwnerAsync(path, cancellationToken);
            if (HolderOf(path, owner) is { } holder && holder.Id != post.Id)
            {
                return null;
            }

            actions.Add(
                Row.Write(
                    new TableEntity(PostRows.Partition, PostRows.KeyOf(path)) { ["Post"] = post.Id.ToString() },
                    version
                )
            );
        }

        var before = read is null ? [] : PostRows.Places(read.Value);
        var after = PostRows.Places(post);
        actions.AddRange(
            after.Select(place => new TableTransactionAction(TableTransactionActionType.UpsertReplace, place))
        );
        actions.AddRange(
            before
                .Where(old => after.TrueForAll(place => place.RowKey != old.RowKey))
                .Select(old => new TableTransactionAction(TableTransactionActionType.Delete, old, Azure.ETag.All))
        );
        return await Row.TrySubmitAsync(_table, actions, cancellationToken);
    }

    /// <summary>The files of posts that time has changed since they were written.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await Row.RangeAsync(
                _table,
                PostRows.Partition,
                "due:",
                $"due:{Row.OldestFirst(now)};",
                most: 1000,
                cancellationToken
            )
            .Select(row => row.GetString("Source"))
            .ToListAsync(cancellationToken);

    private static Task<Versioned<Post>?> FindAsync(
        TableClient table,
        PostId id,
        CancellationToken cancellationToken
    ) => Row.FindAsync(table, PostRows.Partition, PostRows.KeyOf(id), PostJson.Default.Post, cancellationToken);

    private static Post? HolderOf(SitePath path, Post? owner) =>
        owner is { HoldsAddress: true } && owner.Held.Any(held => held.Key == path.Key) ? owner : null;

    /// <summary>The last post that held an address, with the version of the row that says so. It gives way when it holds it no longer.</summary>
    private async Task<(Post? Owner, string? Version)> ReadOwnerAsync(
        SitePath path,
        CancellationToken cancellationToken
    )
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            PostRows.Partition,
            PostRows.KeyOf(path),
            cancellationToken: cancellationToken
        );
        return row.HasValue
            ? (
                (await FindPatientlyAsync(new PostId(row.Value!.GetString("Post")), cancellationToken))?.Value,
                row.Value.ETag.ToString()
            )
            : (null, null);
    }
}

using Azure.Data.Tables;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>
/// All posts, in one partition: <c>post:{id}</c>, the list of public ones newest first <c>list:{time}:{id}</c>, those to be
/// published <c>due:{time}:{id}</c>, and whose a slug is <c>slug:{slug}</c>. One batch writes the four, so they never disagree.
/// </summary>
public sealed class PostTable(BlogStorage storage)
{
    private const string Partition = "posts";

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Finds a post in any state. Null when there is none.</summary>
    public Task<Versioned<Post>?> FindAsync(PostId id, CancellationToken cancellationToken) =>
        Row.FindAsync(_forReaders, Partition, KeyOf(id), PostJson.Default.Post, cancellationToken);

    /// <summary>As <see cref="FindAsync"/>, with nobody waiting: as patient as writing.</summary>
    public Task<Versioned<Post>?> FindPatientlyAsync(PostId id, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, Partition, KeyOf(id), PostJson.Default.Post, cancellationToken);

    /// <summary>The post that holds this slug's address: public there, or waiting to be. Null when it is free.</summary>
    public async Task<Post?> FindHolderAsync(Slug slug, CancellationToken cancellationToken) => (await ReadHolderAsync(slug, cancellationToken)).Holder;

    /// <summary>What stands at a slug's address now, without a revision. Null when it is none of the published posts' and never was.</summary>
    public async Task<Address?> FindStandingAsync(Slug slug, CancellationToken cancellationToken)
    {
        var post = (await ReadOwnerAsync(slug, cancellationToken)).Owner;
        return post?.State switch
        {
            PostState.Published when post.Head.Slug == slug => new Address(AddressKind.Post, post.Id, Revision.None.Text, null),
            PostState.Published => new Address(AddressKind.Moved, post.Id, Revision.None.Text, post.Path),
            PostState.Withdrawn => new Address(AddressKind.Gone, post.Id, Revision.None.Text, null),
            _ => null,
        };
    }

    /// <summary>
    /// Adds the post, or replaces the one that was read. Answers its new version, or null when another has come first, to the post or to
    /// its address: read and decide again. What is there already is not written again.
    /// </summary>
    public async Task<string?> SaveAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken)
    {
        var row = Row.Of(Partition, KeyOf(post.Id), post, PostJson.Default.Post);
        if (read is not null && row.GetString("Data") == Row.Of(Partition, KeyOf(post.Id), read.Value, PostJson.Default.Post).GetString("Data"))
        {
            return read.Version;
        }

        var actions = new List<TableTransactionAction> { Row.Write(row, read?.Version) };
        if (post.HoldsAddress)
        {
            var (holder, version) = await ReadHolderAsync(post.Head.Slug, cancellationToken);
            if (holder is not null && holder.Id != post.Id)
            {
                return null;
            }

            actions.Add(Row.Write(new TableEntity(Partition, KeyOf(post.Head.Slug)) { ["Post"] = post.Id.ToString() }, version));
        }

        var before = read is null ? [] : Places(read.Value);
        var after = Places(post);
        actions.AddRange(after.Select(place => new TableTransactionAction(TableTransactionActionType.UpsertReplace, place)));
        actions.AddRange(before
            .Where(old => after.TrueForAll(place => place.RowKey != old.RowKey))
            .Select(old => new TableTransactionAction(TableTransactionActionType.Delete, old, Azure.ETag.All)));
        return await Row.TrySubmitAsync(_table, actions, cancellationToken);
    }

    /// <summary>Public posts, newest first.</summary>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<ListedPost>> ListAsync(int skip, int take, CancellationToken cancellationToken)
    {
        var rows = Range(_forReaders, "list:", "list;", most: skip + take, cancellationToken);
        return await rows.Skip(skip).Take(take).Select(row => Row.Read(row, PostJson.Default.ListedPost)).ToListAsync(cancellationToken);
    }

    /// <summary>Posts whose date has come and that are not public yet.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await Range(_table, "due:", $"due:{Row.OldestFirst(now)};", most: 1000, cancellationToken)
            .Select(row => Row.Read(row, PostJson.Default.Post).Source)
            .ToListAsync(cancellationToken);

    private async Task<(Post? Holder, string? Version)> ReadHolderAsync(Slug slug, CancellationToken cancellationToken)
    {
        var (owner, version) = await ReadOwnerAsync(slug, cancellationToken);
        return (owner is { HoldsAddress: true } && owner.Head.Slug == slug ? owner : null, version);
    }

    /// <summary>The last post that held a slug, with the version of the row that says so. It gives way when it holds it no longer.</summary>
    private async Task<(Post? Owner, string? Version)> ReadOwnerAsync(Slug slug, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, KeyOf(slug), cancellationToken: cancellationToken);
        return row.HasValue
            ? ((await FindPatientlyAsync(new PostId(row.Value!.GetString("Post")), cancellationToken))?.Value, row.Value.ETag.ToString())
            : (null, null);
    }

    private static IAsyncEnumerable<TableEntity> Range(TableClient table, string from, string before, int most, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {before}"),
            maxPerPage: Math.Min(most, 1000),
            cancellationToken: cancellationToken);

    private static List<TableEntity> Places(Post post) => post switch
    {
        { State: PostState.Published } => [Row.Of(Partition, $"list:{Row.NewestFirst(post.Date)}:{post.Id}", Listed(post), PostJson.Default.ListedPost)],
        { IsWaiting: true } => [Row.Of(Partition, $"due:{Row.OldestFirst(post.Date)}:{post.Id}", post, PostJson.Default.Post)],
        _ => [],
    };

    private static ListedPost Listed(Post post) =>
        new(post.Id, post.Head.Slug, post.Head.Title, post.Date, post.Head.Author, post.Head.Summary, post.Head.Tags);

    private static string KeyOf(Slug slug) => $"slug:{slug}";

    private static string KeyOf(PostId id) => $"post:{id}";
}

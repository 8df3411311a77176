using Azure.Data.Tables;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Posts;

/// <summary>
/// All posts, in one partition: <c>post:{id}</c>, the list of public ones newest first <c>list:{time}:{id}</c>, and those to be
/// published <c>due:{time}:{id}</c>. One batch writes the three, so they never disagree.
/// </summary>
public sealed class PostTable(BlogStorage storage)
{
    private const string Partition = "posts";

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);

    /// <summary>Finds a post in any state. Null when there is none.</summary>
    public Task<Versioned<Post>?> FindAsync(PostId id, CancellationToken cancellationToken) =>
        Row.FindAsync(_forReaders, Partition, KeyOf(id), PostJson.Default.Post, cancellationToken);

    /// <summary>Adds the post, or replaces the one that was read. Answers its new version, or null when another has come first: read and decide again.</summary>
    public Task<string?> SaveAsync(Versioned<Post>? read, Post post, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction> { Row.Write(Row.Of(Partition, KeyOf(post.Id), post, PostJson.Default.Post), read?.Version) };
        var before = read is null ? [] : Places(read.Value);
        var after = Places(post);
        actions.AddRange(after.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
        actions.AddRange(before
            .Where(old => after.TrueForAll(row => row.RowKey != old.RowKey))
            .Select(old => new TableTransactionAction(TableTransactionActionType.Delete, old, Azure.ETag.All)));
        return Row.TrySubmitAsync(_table, actions, cancellationToken);
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

    private static IAsyncEnumerable<TableEntity> Range(TableClient table, string from, string before, int most, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {before}"),
            maxPerPage: Math.Min(most, 1000),
            cancellationToken: cancellationToken);

    private static List<TableEntity> Places(Post post) => post.State switch
    {
        PostState.Published => [Row.Of(Partition, $"list:{Row.NewestFirst(post.Date)}:{post.Id}", Listed(post), PostJson.Default.ListedPost)],
        PostState.Scheduled or PostState.Withdrawn when !post.Head.Draft && post.SourceVersion.Length > 0 =>
            [Row.Of(Partition, $"due:{Row.OldestFirst(post.Date)}:{post.Id}", post, PostJson.Default.Post)],
        _ => [],
    };

    private static ListedPost Listed(Post post) =>
        new(post.Id, post.Head.Slug, post.Head.Title, post.Date, post.Head.Author, post.Head.Summary, post.Head.Tags);

    private static string KeyOf(PostId id) => $"post:{id}";
}

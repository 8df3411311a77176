using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// Stores comments that were decided elsewhere, a post at a time: the rows that decisions would have written, in
/// batches.
/// </summary>
public sealed class ImportedCommentRows(BlogStorage storage, CommentTable comments, BlogSettings settings)
{
    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly CommentRows _rows = new(storage);
    private readonly int _levels = settings.Comments.Depth;

    /// <summary>The comments of all posts, without their texts; null when each post is read by itself.</summary>
    private Dictionary<PostId, Dictionary<CommentId, Comment>>? _loaded;

    /// <summary>
    /// The row keys of all entries in lists of states and among the known writers; null before they are needed.
    /// </summary>
    private HashSet<string>? _listed;

    /// <summary>
    /// Reads what there is of the comments of many posts: all of the blog, which takes a call for each 1,000 instead of
    /// one for each post. Texts are not kept.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<PostId, Dictionary<CommentId, Comment>>();
        await foreach (var comment in _rows.ReadAllAsync(cancellationToken))
        {
            all.TryAdd(comment.Key.Post, []);
            all[comment.Key.Post][comment.Key.Comment] = comment with { Text = "", Reasons = [] };
        }

        _loaded = all;
    }

    /// <summary>
    /// Reads all comments of a post, in any state: a call for each 1,000, or none when they are loaded.
    /// </summary>
    public async Task<IReadOnlyDictionary<CommentId, Comment>> ReadAsync(
        PostId post,
        CancellationToken cancellationToken
    ) =>
        _loaded is null ? await QueryAsync(post, cancellationToken)
        : _loaded.TryGetValue(post, out var found) ? found
        : new Dictionary<CommentId, Comment>();

    private ValueTask<Dictionary<CommentId, Comment>> QueryAsync(PostId post, CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(
                _table,
                post.ToString(),
                CommentTable.KeyOf(""),
                CommentTable.KeyOf("~"),
                int.MaxValue,
                cancellationToken
            )
            .Select(row => Row.Read(row, CommentJson.Default.Comment))
            .ToDictionaryAsync(comment => comment.Key.Comment, cancellationToken: cancellationToken);

    /// <summary>
    /// Adds comments in this order, and after them the entries in the lists of their states and among the known
    /// writers. Idempotent: what is there by then is left as it is.
    /// </summary>
    /// <param name="post">The post of all comments.</param>
    /// <param name="added">The comments that are not there, each after the one that it replies to.</param>
    /// <param name="createEntry">Creates the audit entry of a comment.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task AddAsync(
        PostId post,
        IReadOnlyList<Comment> added,
        Func<Comment, AuditEntry> createEntry,
        CancellationToken cancellationToken
    )
    {
        var there = await ReadAsync(post, cancellationToken);
        while (!await TryAddRowsAsync(post, there, added, createEntry, cancellationToken))
        {
            there = await QueryAsync(post, cancellationToken);
        }

        await ListAsync(added, cancellationToken);
    }

    /// <summary>
    /// Adds entries of comments that an import left without, because it was stopped. Entries that are there are read
    /// once and not written again.
    /// </summary>
    public async Task CompleteAsync(IEnumerable<Comment> stored, CancellationToken cancellationToken)
    {
        _listed ??= await ReadListedAsync(cancellationToken);
        await ListAsync(stored, cancellationToken);
    }

    private async Task<HashSet<string>> ReadListedAsync(CancellationToken cancellationToken)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partition in CommentLists.Partitions.Append(KnownWriterRows.Partition))
        {
            await foreach (var key in RowRange.ReadKeysAsync(_table, partition, "", "~", cancellationToken))
            {
                listed.Add(key);
            }
        }

        return listed;
    }

    private async Task ListAsync(IEnumerable<Comment> stored, CancellationToken cancellationToken)
    {
        var idKey = await comments.GetIdKeyAsync(cancellationToken);
        var decided = stored.Where(comment => comment.State != CommentState.Waiting).ToList();
        var known = decided.Where(comment => comment is { State: CommentState.Approved, Email.Length: > 0 });
        var rows = decided
            .Select(CommentLists.RowOf)
            .Concat(known.Select(comment => KnownWriterRows.RowOf(idKey, comment)))
            .Where(row => _listed?.Contains(row.RowKey) is not true);
        foreach (var partition in rows.GroupBy(row => row.PartitionKey))
        {
            foreach (var batch in partition.DistinctBy(row => row.RowKey).Chunk(TransactionBatch.MaxActions))
            {
                await _table.SubmitTransactionAsync(
                    batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Adds the rows of comments. Returns false when the conversation has changed meanwhile.</summary>
    private async Task<bool> TryAddRowsAsync(
        PostId post,
        IReadOnlyDictionary<CommentId, Comment> before,
        IReadOnlyList<Comment> added,
        Func<Comment, AuditEntry> createEntry,
        CancellationToken cancellationToken
    )
    {
        var there = new Dictionary<CommentId, Comment>(before);
        var read = await Row.FindAsync(
            _table,
            post.ToString(),
            ThreadRows.CountsKey,
            CommentJson.Default.CommentCounts,
            cancellationToken
        );
        var (counts, version) = (read?.Value ?? CommentCounts.Empty, read?.Version);
        var batch = new TransactionBatch();
        foreach (var comment in added.Where(comment => !there.ContainsKey(comment.Key.Comment)))
        {
            var (stored, after, rows) = CreateRows(comment, counts, there, createEntry);
            if (!batch.TryAdd(rows, reserved: 1))
            {
                version = await TrySubmitAsync(post, batch, counts, version, cancellationToken);
                batch = new TransactionBatch();
                if (version is null || !batch.TryAdd(rows, reserved: 1))
                {
                    return version is null
                        ? false
                        : throw new InvalidDataException($"The comment {comment.Key} does not fit into a batch.");
                }
            }

            (counts, there[comment.Key.Comment]) = (after, stored);
        }

        return batch.IsEmpty || await TrySubmitAsync(post, batch, counts, version, cancellationToken) is not null;
    }

    private (Comment Stored, CommentCounts Counts, List<TableTransactionAction> Rows) CreateRows(
        Comment comment,
        CommentCounts counts,
        Dictionary<CommentId, Comment> there,
        Func<Comment, AuditEntry> createEntry
    )
    {
        List<TableTransactionAction> shown = [];
        if (comment.State == CommentState.Approved)
        {
            (comment, counts, shown) = ThreadRows.Show(comment, counts, AncestorsOf(comment, there), _levels);
        }

        var audit = CommentTable.ToAuditRow(comment, createEntry(comment));
        return (
            comment,
            counts,
            [Row.Write(CommentTable.ToRow(comment), readVersion: null), Row.Write(audit, readVersion: null), .. shown]
        );
    }

    private static List<Comment> AncestorsOf(Comment comment, Dictionary<CommentId, Comment> there)
    {
        var ancestors = new List<Comment>();
        while (
            comment.ReplyTo is { } id
            && ancestors.Count < ThreadRows.MaxAncestors
            && there.TryGetValue(id, out var parent)
        )
        {
            ancestors.Add(parent);
            comment = parent;
        }

        return ancestors;
    }

    /// <summary>
    /// Submits a batch with the counters. Returns the new version of the counters, or null when they have changed
    /// meanwhile.
    /// </summary>
    private async Task<string?> TrySubmitAsync(
        PostId post,
        TransactionBatch batch,
        CommentCounts counts,
        string? version,
        CancellationToken cancellationToken
    )
    {
        var row = Row.Create(post.ToString(), ThreadRows.CountsKey, counts, CommentJson.Default.CommentCounts);
        return await Row.TrySubmitAsync(_table, [Row.Write(row, version), .. batch.Actions], cancellationToken);
    }
}

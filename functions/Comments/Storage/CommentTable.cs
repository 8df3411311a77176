using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The store of comments. The partition of a post holds its comments, <c>comment:{id}</c>, what is shown of the
/// conversation (<see cref="ThreadRows"/>) and the audit entries, <c>audit:{id}:{number}</c>; a decision writes them in
/// one batch. Partitions of their own hold the waiting markers (<see cref="WaitingMarkerRows"/>), the known writers
/// (<see cref="KnownWriterRows"/>) and the keys, <c>keys</c>.
/// </summary>
public sealed class CommentTable(BlogStorage storage, BlogSettings settings, TimeProvider clock)
{
    /// <summary>The partition of the HMAC keys.</summary>
    internal const string Keys = "keys";

    private const string IdKey = "comment-ids";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.CommentTable);
    private readonly ThreadRows _threads = new(storage.Table(StorageNames.CommentTable), settings.Comments.Depth);
    private readonly WaitingMarkerRows _markers = new(
        storage.Table(StorageNames.CommentTable),
        new WaitingChecks(new ModerationQueueClient(storage)),
        clock
    );
    private readonly KnownWriterRows _writers = new(storage.Table(StorageNames.CommentTable));

    /// <summary>
    /// Locks by the hash of the post's id. Every decision that shows or hides a comment writes the counters of the
    /// post; within this instance such decisions run one at a time instead of failing with 412.
    /// </summary>
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private byte[]? _idKey;

    /// <summary>
    /// Returns the key of the ids of comments, 32 random bytes. Created on first use; it never changes.
    /// </summary>
    public async ValueTask<byte[]> GetIdKeyAsync(CancellationToken cancellationToken) =>
        _idKey ??= await Row.GetOrCreateKeyAsync(_table, Keys, IdKey, cancellationToken);

    /// <summary>
    /// Writes a waiting marker: unless <see cref="RemoveMarkerAsync"/> removes it, a message that is sent before has
    /// the comment queued for moderation again (<see cref="LostComments"/>).
    /// </summary>
    public Task AddMarkerAsync(CommentKey key, CancellationToken cancellationToken) =>
        _markers.WriteAsync(key, cancellationToken);

    /// <summary>
    /// Adds a comment: first its waiting marker, then the comment. Returns the stored comment, which is an earlier one
    /// when there is one with the same id.
    /// </summary>
    public async Task<Comment> AddAsync(Comment comment, CancellationToken cancellationToken)
    {
        await AddMarkerAsync(comment.Key, cancellationToken);
        return await Row.TryWriteAsync(_table, ToRow(comment), readVersion: null, cancellationToken)
            ? comment
            : (await FindPatientlyAsync(comment.Key, cancellationToken))?.Value ?? comment;
    }

    /// <summary>
    /// Finds a comment in any state, with the retry profile of reading. Returns null when there is none.
    /// </summary>
    public Task<Versioned<Comment>?> FindAsync(CommentKey key, CancellationToken cancellationToken) =>
        FindInAsync(_forReaders, key, cancellationToken);

    /// <summary>
    /// Like <see cref="FindAsync"/>, for forms and queue functions: with the retry profile of writing.
    /// </summary>
    public Task<Versioned<Comment>?> FindPatientlyAsync(CommentKey key, CancellationToken cancellationToken) =>
        FindInAsync(_table, key, cancellationToken);

    /// <summary>
    /// Replaces the comment unless it has changed since it was read, adds the audit entry, and shows or hides the
    /// comment in the conversation, all in one batch. Returns false when something has changed: read and decide again.
    /// </summary>
    /// <remarks>
    /// A comment gets its number and its position when it is first shown and keeps them, so no other comment ever
    /// moves.
    /// </remarks>
    public async Task<bool> DecideAsync(
        Versioned<Comment> read,
        Comment decided,
        AuditEntry entry,
        CancellationToken cancellationToken
    )
    {
        var postLock = _locks[(uint)decided.Key.Post.GetHashCode() % _locks.Length];
        await postLock.WaitAsync(cancellationToken);
        try
        {
            (decided, var changes) = await _threads.ChangeAsync(read.Value, decided, cancellationToken);
            var audit = ToAuditRow(decided, entry);
            return await Row.TryTransactionAsync(
                _table,
                [Row.Write(ToRow(decided), read.Version), Row.Write(audit, readVersion: null), .. changes],
                cancellationToken
            );
        }
        finally
        {
            postLock.Release();
        }
    }

    /// <summary>
    /// Stores a comment with a pending revision, after its waiting marker. Returns false when the comment has changed
    /// since it was read.
    /// </summary>
    public async Task<bool> ReviseAsync(Versioned<Comment> read, Comment revised, CancellationToken cancellationToken)
    {
        await AddMarkerAsync(revised.Key, cancellationToken);
        return await Row.TryWriteAsync(_table, ToRow(revised), read.Version, cancellationToken);
    }

    /// <summary>Whether an approved comment replies to this one.</summary>
    public async Task<bool> HasRepliesAsync(Comment comment, CancellationToken cancellationToken) =>
        comment.Position is { } path
        && (await ReadThreadsAsync(comment.Key.Post, path.Thread, path.Thread, cancellationToken)).Any(other =>
            other.ReplyTo == comment.Key.Comment && other.State == CommentState.Approved
        );

    /// <summary>Reads the counters of a post's conversation, with the retry profile of reading.</summary>
    public Task<CommentCounts> ReadCountsAsync(PostId post, CancellationToken cancellationToken) =>
        ConversationRows.ReadCountsAsync(_forReaders, post, cancellationToken);

    /// <summary>Like <see cref="ReadCountsAsync"/>, for forms: with the retry profile of writing.</summary>
    public Task<CommentCounts> ReadCountsPatientlyAsync(PostId post, CancellationToken cancellationToken) =>
        ConversationRows.ReadCountsAsync(_table, post, cancellationToken);

    /// <summary>
    /// Reads a range of threads in reading order: every comment after the one that it replies to. Placeholders of
    /// hidden comments that have replies are included. The cost depends on these threads only.
    /// </summary>
    /// <param name="post">The post.</param>
    /// <param name="firstThread">The number of the first thread, from 1.</param>
    /// <param name="lastThread">The number of the last thread; may be higher than there are threads.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public Task<IReadOnlyList<Comment>> ReadThreadsAsync(
        PostId post,
        int firstThread,
        int lastThread,
        CancellationToken cancellationToken
    ) => ConversationRows.ReadThreadsAsync(_forReaders, post, firstThread, lastThread, cancellationToken);

    /// <inheritdoc cref="ConversationRows.ReadLatestKeysAsync"/>
    public Task<IReadOnlyList<CommentKey>> ReadLatestKeysAsync(PostId post, int most, CancellationToken stop) =>
        ConversationRows.ReadLatestKeysAsync(_forReaders, post, most, stop);

    /// <inheritdoc cref="ConversationRows.FindAtAsync"/>
    public Task<Comment?> FindAtAsync(PostId post, ThreadPath path, CancellationToken stop) =>
        ConversationRows.FindAtAsync(_forReaders, post, path, stop);

    /// <summary>Finds the approved comment with this number. Returns null when there is none.</summary>
    public Task<Comment?> FindByNumberAsync(PostId post, int number, CancellationToken cancellationToken) =>
        ConversationRows.FindAsync(_table, post, number, cancellationToken);

    /// <inheritdoc cref="ConversationRows.ReadAuditAsync"/>
    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(CommentKey key, CancellationToken cancellationToken) =>
        ConversationRows.ReadAuditAsync(_table, key, cancellationToken);

    /// <summary>Reads the waiting markers of all posts.</summary>
    public IAsyncEnumerable<Versioned<WaitingMarker>> ReadMarkersAsync() => _markers.ReadAsync(prefix: "");

    /// <summary>Reads the waiting markers of a post.</summary>
    public IAsyncEnumerable<Versioned<WaitingMarker>> ReadMarkersAsync(PostId post) => _markers.ReadAsync($"{post}-");

    /// <inheritdoc cref="WaitingMarkerRows.PostponeAsync"/>
    public Task PostponeAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken) =>
        _markers.PostponeAsync(read, cancellationToken);

    /// <summary>Removes the waiting marker of a comment: nothing is left to do for it.</summary>
    public Task RemoveMarkerAsync(CommentKey key, CancellationToken cancellationToken) =>
        _markers.RemoveAsync(key, cancellationToken);

    /// <inheritdoc cref="WaitingMarkerRows.RemoveUnchangedAsync"/>
    public Task RemoveUnchangedMarkerAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken) =>
        _markers.RemoveUnchangedAsync(read, cancellationToken);

    /// <summary>Records that this comment of its writer was approved. Idempotent.</summary>
    public async Task RememberWriterAsync(Comment comment, CancellationToken cancellationToken) =>
        await _writers.AddAsync(await GetIdKeyAsync(cancellationToken), comment, cancellationToken);

    /// <summary>Removes the record that this comment of its writer was approved. Idempotent.</summary>
    public async Task ForgetWriterAsync(Comment comment, CancellationToken cancellationToken) =>
        await _writers.RemoveAsync(await GetIdKeyAsync(cancellationToken), comment, cancellationToken);

    /// <summary>
    /// Whether a comment with this name and e-mail address was approved and still is. A comment that was approved by
    /// mistake does not count.
    /// </summary>
    public async Task<bool> IsKnownWriterAsync(Comment comment, CancellationToken cancellationToken)
    {
        var idKey = await GetIdKeyAsync(cancellationToken);
        await foreach (var key in _writers.ReadAsync(idKey, comment, cancellationToken))
        {
            if (await FindPatientlyAsync(key, cancellationToken) is { Value.State: CommentState.Approved })
            {
                return true;
            }
        }

        return false;
    }

    private static Task<Versioned<Comment>?> FindInAsync(
        TableClient table,
        CommentKey key,
        CancellationToken cancellationToken
    ) => Row.FindAsync(table, PartitionOf(key), KeyOf(key.Comment), CommentJson.Default.Comment, cancellationToken);

    /// <summary>The row of a comment.</summary>
    internal static TableEntity ToRow(Comment comment) =>
        Row.Create(PartitionOf(comment.Key), KeyOf(comment.Key.Comment), comment, CommentJson.Default.Comment);

    /// <summary>The row of the audit entry of a comment's latest decision.</summary>
    internal static TableEntity ToAuditRow(Comment decided, AuditEntry entry) =>
        Row.Create(
            PartitionOf(decided.Key),
            $"{AuditPrefixOf(decided.Key)}{decided.Decisions:D4}",
            entry,
            CommentJson.Default.AuditEntry
        );

    /// <summary>The partition of a post's comments.</summary>
    internal static string PartitionOf(CommentKey key) => key.Post.ToString();

    /// <summary>The prefix of the row keys of a comment's audit entries.</summary>
    internal static string AuditPrefixOf(CommentKey key) => $"audit:{key.Comment}:";

    /// <summary>The row key of a comment.</summary>
    internal static string KeyOf(CommentId id) => KeyOf(id.ToString());

    internal static string KeyOf(string id) => $"comment:{id}";
}

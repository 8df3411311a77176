using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// Comments. A post's partition holds <c>comment:{id}</c>, what everybody sees of the conversation (<see cref="ThreadRows"/>), and the audit
/// <c>audit:{id}:{number}</c>; one batch writes them. Partitions of their own hold what waits, who is known, and the key of ids.
/// </summary>
public sealed class CommentTable(BlogStorage storage, BlogSettings settings, TimeProvider clock)
{
    internal const string Waiting = "waiting";
    private const string Writers = "writers";
    internal const string Keys = "keys";
    private const string IdKey = "comment-ids";

    /// <summary>The most actions of a batch (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions).</summary>
    private const int MaxBatch = 100;

    private static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.CommentTable);
    private readonly ThreadRows _threads = new(storage.Table(StorageNames.CommentTable), settings.Comments.Depth);

    /// <summary>Every decision that shows or hides one of a post's comments writes its tally: within this instance, one after another.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private byte[]? _idKey;

    /// <summary>The key that comments' ids are made with. Made on first use, then the same for ever, for all instances.</summary>
    public async ValueTask<byte[]> IdKeyAsync(CancellationToken cancellationToken) =>
        _idKey ??= await Row.SecretAsync(_table, Keys, IdKey, cancellationToken);

    /// <summary>Marks that something is left to do for a comment: should nobody settle it, it is announced again.</summary>
    public Task MarkAsync(CommentKey key, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            Mark(new WaitingMarker(key, clock.GetUtcNow(), clock.GetUtcNow() + FirstCheck, Checks: 0)),
            TableUpdateMode.Replace,
            cancellationToken
        );

    /// <summary>Keeps a comment: first the mark that it waits, then the comment. Answers the one that is kept: an earlier one with the same id stays.</summary>
    public async Task<Comment> KeepAsync(Comment comment, CancellationToken cancellationToken)
    {
        await MarkAsync(comment.Key, cancellationToken);
        var row = Row.Create(
            PartitionOf(comment.Key),
            KeyOf(comment.Key.Comment),
            comment,
            CommentJson.Default.Comment
        );
        return await Row.TryWriteAsync(_table, row, readVersion: null, cancellationToken)
            ? comment
            : (await FindPatientlyAsync(comment.Key, cancellationToken))?.Value ?? comment;
    }

    /// <summary>Finds a comment in any state. Null when there is none.</summary>
    public Task<Versioned<Comment>?> FindAsync(CommentKey key, CancellationToken cancellationToken) =>
        Row.FindAsync(
            _forReaders,
            PartitionOf(key),
            KeyOf(key.Comment),
            CommentJson.Default.Comment,
            cancellationToken
        );

    /// <summary>As <see cref="FindAsync"/>, for forms and queue functions: as patient as writing.</summary>
    public Task<Versioned<Comment>?> FindPatientlyAsync(CommentKey key, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, PartitionOf(key), KeyOf(key.Comment), CommentJson.Default.Comment, cancellationToken);

    /// <summary>Replaces the comment if nobody has since it was read, with the entry that says why, and shows or hides it. False: read and decide again.</summary>
    /// <remarks>A comment gets its number when it is first shown, and keeps it: no other ever moves.</remarks>
    public async Task<bool> DecideAsync(
        Versioned<Comment> read,
        Comment decided,
        AuditEntry entry,
        CancellationToken cancellationToken
    )
    {
        var turn = _turns[(uint)decided.Key.Post.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var partition = PartitionOf(decided.Key);
            (decided, var changes) = await _threads.ChangeAsync(read.Value, decided, cancellationToken);
            List<TableTransactionAction> actions =
            [
                Row.Write(
                    Row.Create(partition, KeyOf(decided.Key.Comment), decided, CommentJson.Default.Comment),
                    read.Version
                ),
                Row.Write(
                    Row.Create(
                        partition,
                        $"{HistoryOf(decided.Key)}{decided.Decisions:D4}",
                        entry,
                        CommentJson.Default.AuditEntry
                    ),
                    readVersion: null
                ),
                .. changes,
            ];
            return await Row.TryAllAsync(_table, actions, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Keeps what its writer has made of a comment, to be judged: first the mark that it waits. False: somebody has changed it since it was read.</summary>
    public async Task<bool> ReviseAsync(Versioned<Comment> read, Comment revised, CancellationToken cancellationToken)
    {
        await MarkAsync(revised.Key, cancellationToken);
        return await Row.TryWriteAsync(
            _table,
            Row.Create(PartitionOf(revised.Key), KeyOf(revised.Key.Comment), revised, CommentJson.Default.Comment),
            read.Version,
            cancellationToken
        );
    }

    /// <summary>Whether a comment that everybody sees answers this one.</summary>
    public async Task<bool> IsAnsweredAsync(Comment comment, CancellationToken cancellationToken) =>
        comment.Position is { } path
        && (await ShownAsync(comment.Key.Post, path.Thread, path.Thread, cancellationToken)).Any(other =>
            other.Answers == comment.Key.Comment && other.State == CommentState.Approved
        );

    /// <summary>Leaves of a comment that its writer took back only that it was there, and of its history only who decided when.</summary>
    public async Task EraseAsync(Comment comment, CancellationToken cancellationToken)
    {
        await foreach (
            var row in Range(_table, PartitionOf(comment.Key), HistoryOf(comment.Key))
                .WithCancellation(cancellationToken)
        )
        {
            var entry = Row.Read(row, CommentJson.Default.AuditEntry) with
            {
                Reasons = [],
                Trace = null,
                Before = null,
            };
            await _table.UpsertEntityAsync(
                Row.Create(row.PartitionKey, row.RowKey, entry, CommentJson.Default.AuditEntry),
                TableUpdateMode.Replace,
                cancellationToken
            );
        }

        var erased = ThreadRows.Emptied(comment) with { IsErased = true, Decisions = comment.Decisions };
        await _table.UpsertEntityAsync(
            Row.Create(PartitionOf(comment.Key), KeyOf(comment.Key.Comment), erased, CommentJson.Default.Comment),
            TableUpdateMode.Replace,
            cancellationToken
        );
    }

    /// <summary>Deletes a comment that nobody sees, with its history; its place in the conversation stays empty. False: somebody has changed it since it was read.</summary>
    public async Task<bool> DeleteAsync(Versioned<Comment> read, CancellationToken cancellationToken)
    {
        var (partition, history) = (PartitionOf(read.Value.Key), HistoryOf(read.Value.Key));
        var entries = await Row.KeysAsync(_table, partition, history, history + "~", cancellationToken)
            .ToListAsync(cancellationToken);
        foreach (var oldest in entries.SkipLast(MaxBatch - 1)) // before the comment: without it nobody would look for them
        {
            await _table.DeleteEntityAsync(partition, oldest, cancellationToken: cancellationToken);
        }

        return await Row.TryAllAsync(
            _table,
            [
                new(
                    TableTransactionActionType.Delete,
                    new TableEntity(partition, KeyOf(read.Value.Key.Comment)),
                    new ETag(read.Version)
                ),
                .. entries
                    .TakeLast(MaxBatch - 1)
                    .Select(key => new TableTransactionAction(
                        TableTransactionActionType.Delete,
                        new TableEntity(partition, key),
                        ETag.All
                    )),
            ],
            cancellationToken
        );
    }

    /// <summary>How many of a post's comments everybody sees.</summary>
    public Task<CommentCounts> TallyAsync(PostId post, CancellationToken cancellationToken) =>
        ThreadRows.TallyAsync(_forReaders, post.ToString(), cancellationToken);

    /// <summary>As <see cref="TallyAsync"/>, for forms: as patient as writing.</summary>
    public Task<CommentCounts> TallyPatientlyAsync(PostId post, CancellationToken cancellationToken) =>
        ThreadRows.TallyAsync(_table, post.ToString(), cancellationToken);

    /// <summary>These threads, each comment after the one that it answers: the cost is theirs, however many others there are. Emptied places are among them.</summary>
    public async Task<IReadOnlyList<Comment>> ShownAsync(
        PostId post,
        int firstThread,
        int lastThread,
        CancellationToken cancellationToken
    )
    {
        var (from, before) = (
            ThreadRows.KeyOf(ThreadPath.OfThread(firstThread)),
            ThreadRows.KeyOf(ThreadPath.OfThread(lastThread + 1))
        );
        return await Row.RangeAsync(_forReaders, post.ToString(), from, before, int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, CommentJson.Default.Comment))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The comment that everybody sees under this number. Null when there is none.</summary>
    public async Task<Comment?> FindShownAsync(PostId post, int number, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            post.ToString(),
            ThreadRows.NumberKey(number),
            cancellationToken: cancellationToken
        );
        var key = row.HasValue ? KeyOf(row.Value!.GetString("Comment")) : ThreadRows.KeyOf(ThreadPath.OfThread(number)); // shown before there were replies
        return
            await Row.FindAsync(_table, post.ToString(), key, CommentJson.Default.Comment, cancellationToken)
                is { Value: { State: CommentState.Approved } comment }
            && comment.Number == number
            ? comment
            : null;
    }

    /// <summary>What was decided about a comment, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(CommentKey key, CancellationToken cancellationToken) =>
        await Range(_table, PartitionOf(key), HistoryOf(key))
            .Select(row => Row.Read(row, CommentJson.Default.AuditEntry))
            .ToListAsync(cancellationToken);

    /// <summary>Marks of comments that still wait.</summary>
    public IAsyncEnumerable<Versioned<WaitingMarker>> WaitingAsync() =>
        Range(_table, Waiting, "")
            .Select(row => new Versioned<WaitingMarker>(
                Row.Read(row, CommentJson.Default.WaitingMarker),
                row.ETag.ToString()
            ));

    /// <summary>Puts off the next look at a comment that waits: each time twice as long, up to an hour. Does nothing when the mark has changed or gone since.</summary>
    public Task PutOffAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken)
    {
        var marker = read.Value;
        var pause = TimeSpan.FromTicks(
            Math.Min(LongestPause.Ticks, FirstCheck.Ticks << Math.Min(marker.Checks + 1, 10))
        );
        var later = Mark(marker with { NextCheck = clock.GetUtcNow() + pause, Checks = marker.Checks + 1 });
        return Row.TryWriteAsync(_table, later, read.Version, cancellationToken);
    }

    /// <summary>Takes the mark away: nothing is left to do for the comment.</summary>
    public Task SettleAsync(CommentKey key, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Waiting, key.ToString(), cancellationToken: cancellationToken);

    /// <summary>Takes away a mark whose comment never came, unless somebody has marked it again since it was read: then the comment is coming.</summary>
    public async Task DropAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(
                Waiting,
                read.Value.Comment.ToString(),
                new ETag(read.Version),
                cancellationToken
            );
        }
        catch (RequestFailedException problem) when (problem.Status == 412)
        {
            // It is not the mark that was read.
        }
    }

    /// <summary>Remembers that this comment of its writer was approved.</summary>
    public async Task RememberWriterAsync(Comment comment, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Writers, $"{await WriterOfAsync(comment, cancellationToken)}:{comment.Key}");
        await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Forgets that this comment of its writer was approved.</summary>
    public async Task ForgetWriterAsync(Comment comment, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(
            Writers,
            $"{await WriterOfAsync(comment, cancellationToken)}:{comment.Key}",
            cancellationToken: cancellationToken
        );

    /// <summary>Whether a comment of this name and address was approved, and still is: one approved by mistake vouches for nobody.</summary>
    public async Task<bool> KnowsWriterAsync(Comment comment, CancellationToken cancellationToken)
    {
        var prefix = await WriterOfAsync(comment, cancellationToken) + ":";
        await foreach (var row in Range(_table, Writers, prefix).WithCancellation(cancellationToken))
        {
            if (
                CommentKey.TryParse(row.RowKey[prefix.Length..], out var key)
                && await FindPatientlyAsync(key, cancellationToken) is { Value.State: CommentState.Approved }
            )
            {
                return true;
            }
        }

        return false;
    }

    private static IAsyncEnumerable<TableEntity> Range(TableClient table, string partition, string prefix) =>
        Row.RangeAsync(table, partition, prefix, prefix + "~", int.MaxValue, CancellationToken.None);

    private async Task<string> WriterOfAsync(Comment comment, CancellationToken cancellationToken)
    {
        var words = comment.Author.ToUpperInvariant() + "\0" + comment.Email.ToUpperInvariant();
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(await IdKeyAsync(cancellationToken), Encoding.UTF8.GetBytes(words))
        );
    }

    private static TableEntity Mark(WaitingMarker marker) =>
        Row.Create(Waiting, marker.Comment.ToString(), marker, CommentJson.Default.WaitingMarker);

    private static string PartitionOf(CommentKey key) => key.Post.ToString();

    /// <summary>How the keys of its audit entries begin.</summary>
    private static string HistoryOf(CommentKey key) => $"audit:{key.Comment}:";

    internal static string KeyOf(CommentId id) => KeyOf(id.ToString());

    private static string KeyOf(string id) => $"comment:{id}";
}

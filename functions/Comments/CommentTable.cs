using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>
/// Comments. A post's partition holds <c>comment:{id}</c>, the ones that everybody sees under their numbers <c>shown:{number}</c>, how many those
/// are <c>tally</c>, and the audit <c>audit:{id}:{number}</c>; one batch writes them. Partitions of their own hold what waits, who is known, and the key of ids.
/// </summary>
public sealed class CommentTable(BlogStorage storage, TimeProvider clock)
{
    private const string Waiting = "waiting";
    private const string Writers = "writers";
    private const string Keys = "keys";
    private const string IdKey = "comment-ids";
    private const string TallyKey = "tally";

    private static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.CommentTable);

    /// <summary>Every decision that shows or hides one of a post's comments writes its tally: within this instance, one after another.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private byte[]? _idKey;

    /// <summary>The key that comments' ids are made with. Made on first use, then the same for ever, for all instances.</summary>
    public async ValueTask<byte[]> IdKeyAsync(CancellationToken cancellationToken)
    {
        while (_idKey is null)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(Keys, IdKey, cancellationToken: cancellationToken);
            var row = found.HasValue ? found.Value! : new TableEntity(Keys, IdKey) { ["Key"] = RandomNumberGenerator.GetBytes(32) };
            if (found.HasValue || await Row.TryWriteAsync(_table, row, readVersion: null, cancellationToken))
            {
                _idKey = row.GetBinary("Key");
            }
        }

        return _idKey;
    }

    /// <summary>Keeps a comment: first the mark that it waits, then the comment. Answers the one that is kept: an earlier one with the same id stays.</summary>
    public async Task<Comment> KeepAsync(Comment comment, CancellationToken cancellationToken)
    {
        var marker = new WaitingMarker(comment.Key, clock.GetUtcNow(), clock.GetUtcNow() + FirstCheck, Checks: 0);
        await _table.UpsertEntityAsync(Mark(marker), TableUpdateMode.Replace, cancellationToken);
        var row = Row.Of(PartitionOf(comment.Key), KeyOf(comment.Key), comment, CommentJson.Default.Comment);
        return await Row.TryWriteAsync(_table, row, readVersion: null, cancellationToken)
            ? comment
            : (await FindPatientlyAsync(comment.Key, cancellationToken))?.Value ?? comment;
    }

    /// <summary>Finds a comment in any state. Null when there is none.</summary>
    public Task<Versioned<Comment>?> FindAsync(CommentKey key, CancellationToken cancellationToken) =>
        Row.FindAsync(_forReaders, PartitionOf(key), KeyOf(key), CommentJson.Default.Comment, cancellationToken);

    /// <summary>As <see cref="FindAsync"/>, for forms and queue functions: as patient as writing.</summary>
    public Task<Versioned<Comment>?> FindPatientlyAsync(CommentKey key, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, PartitionOf(key), KeyOf(key), CommentJson.Default.Comment, cancellationToken);

    /// <summary>Replaces the comment if nobody has since it was read, with the entry that says why, and shows or hides it. False: read and decide again.</summary>
    /// <remarks>A comment gets its number when it is first shown, and keeps it: no other ever moves.</remarks>
    public async Task<bool> DecideAsync(Versioned<Comment> read, Comment decided, AuditEntry entry, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)decided.Key.Post.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var partition = PartitionOf(decided.Key);
            List<TableTransactionAction> actions = [];
            if (IsShown(decided) != IsShown(read.Value))
            {
                var tally = await Row.FindAsync(_table, partition, TallyKey, CommentJson.Default.Tally, cancellationToken);
                var next = tally?.Value ?? Tally.Empty;
                (decided, next) = IsShown(decided) ? next.Show(decided) : (decided, next.Hide());
                actions.Add(Row.Write(Row.Of(partition, TallyKey, next, CommentJson.Default.Tally), tally?.Version));
                actions.Add(IsShown(decided) ? new(TableTransactionActionType.UpsertReplace, Shown(decided)) : new(TableTransactionActionType.Delete, Shown(decided), ETag.All));
            }

            actions.Add(Row.Write(Row.Of(partition, KeyOf(decided.Key), decided, CommentJson.Default.Comment), read.Version));
            actions.Add(Row.Write(Row.Of(partition, $"audit:{decided.Key.Comment}:{decided.Decisions:D4}", entry, CommentJson.Default.AuditEntry), readVersion: null));
            return await Row.TrySubmitAsync(_table, actions, cancellationToken) is not null;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>How many of a post's comments everybody sees.</summary>
    public async Task<Tally> TallyAsync(PostId post, CancellationToken cancellationToken) =>
        (await Row.FindAsync(_forReaders, post.ToString(), TallyKey, CommentJson.Default.Tally, cancellationToken))?.Value ?? Tally.Empty;

    /// <summary>The comments that everybody sees under these numbers, in their order: the cost is theirs, however many others there are.</summary>
    public async Task<IReadOnlyList<Comment>> ShownAsync(PostId post, int first, int last, CancellationToken cancellationToken) =>
        await _forReaders
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {post.ToString()} and RowKey ge {ShownKey(first)} and RowKey le {ShownKey(last)}"),
                cancellationToken: cancellationToken)
            .Select(row => Row.Read(row, CommentJson.Default.Comment))
            .ToListAsync(cancellationToken);

    /// <summary>What was decided about a comment, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(CommentKey key, CancellationToken cancellationToken) =>
        await Range(_table, PartitionOf(key), $"audit:{key.Comment}:")
            .Select(row => Row.Read(row, CommentJson.Default.AuditEntry))
            .ToListAsync(cancellationToken);

    /// <summary>Marks of comments that still wait.</summary>
    public IAsyncEnumerable<Versioned<WaitingMarker>> WaitingAsync() => Range(_table, Waiting, "")
        .Select(row => new Versioned<WaitingMarker>(Row.Read(row, CommentJson.Default.WaitingMarker), row.ETag.ToString()));

    /// <summary>Puts off the next look at a comment that waits: each time twice as long, up to an hour. Does nothing when the mark has changed or gone since.</summary>
    public Task PutOffAsync(Versioned<WaitingMarker> read, CancellationToken cancellationToken)
    {
        var marker = read.Value;
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstCheck.Ticks << Math.Min(marker.Checks + 1, 10)));
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
            await _table.DeleteEntityAsync(Waiting, read.Value.Comment.ToString(), new ETag(read.Version), cancellationToken);
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

    /// <summary>Whether a comment of this name and address was approved, and still is: one approved by mistake vouches for nobody.</summary>
    public async Task<bool> KnowsWriterAsync(Comment comment, CancellationToken cancellationToken)
    {
        var prefix = await WriterOfAsync(comment, cancellationToken) + ":";
        await foreach (var row in Range(_table, Writers, prefix).WithCancellation(cancellationToken))
        {
            if (CommentKey.TryParse(row.RowKey[prefix.Length..], out var key) && await FindPatientlyAsync(key, cancellationToken) is { Value.State: CommentState.Approved })
            {
                return true;
            }
        }

        return false;
    }

    private static IAsyncEnumerable<TableEntity> Range(TableClient table, string partition, string prefix) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {prefix + "~"}"));

    private async Task<string> WriterOfAsync(Comment comment, CancellationToken cancellationToken)
    {
        var words = comment.Author.ToUpperInvariant() + "\0" + comment.Email.ToUpperInvariant();
        return Convert.ToHexStringLower(HMACSHA256.HashData(await IdKeyAsync(cancellationToken), Encoding.UTF8.GetBytes(words)));
    }

    private static TableEntity Mark(WaitingMarker marker) => Row.Of(Waiting, marker.Comment.ToString(), marker, CommentJson.Default.WaitingMarker);

    private static TableEntity Shown(Comment comment) =>
        Row.Of(PartitionOf(comment.Key), ShownKey(comment.Number), comment, CommentJson.Default.Comment);

    private static string ShownKey(int number) => $"shown:{number:D8}";

    private static bool IsShown(Comment comment) => comment.State == CommentState.Approved;

    private static string PartitionOf(CommentKey key) => key.Post.ToString();

    private static string KeyOf(CommentKey key) => $"comment:{key.Comment}";
}

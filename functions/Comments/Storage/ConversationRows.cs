using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// Reads the rows of a post's conversation, see <see cref="ThreadRows"/>. The table client determines the retry
/// profile.
/// </summary>
internal static class ConversationRows
{
    /// <summary>Reads the counters of a post's conversation.</summary>
    public static async Task<CommentCounts> ReadCountsAsync(
        TableClient table,
        PostId post,
        CancellationToken cancellationToken
    )
    {
        var read = await Row.FindAsync(
            table,
            post.ToString(),
            ThreadRows.CountsKey,
            CommentJson.Default.CommentCounts,
            cancellationToken
        );
        return read?.Value ?? CommentCounts.Empty;
    }

    /// <summary>Reads a range of threads in reading order, placeholders included.</summary>
    public static async Task<IReadOnlyList<Comment>> ReadThreadsAsync(
        TableClient table,
        PostId post,
        int firstThread,
        int lastThread,
        CancellationToken cancellationToken
    )
    {
        var from = ThreadRows.KeyOf(ThreadPath.ForThread(firstThread));
        var before = ThreadRows.KeyOf(ThreadPath.ForThread(lastThread + 1));
        return await RowRange
            .ReadAsync(table, post.ToString(), from, before, int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, CommentJson.Default.Comment))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Reads the keys of the comments that were approved last, the latest first, whatever their state is now: at most
    /// three calls for up to 1,000 keys.
    /// </summary>
    public static async Task<IReadOnlyList<CommentKey>> ReadLatestKeysAsync(
        TableClient table,
        PostId post,
        int most,
        CancellationToken cancellationToken
    )
    {
        var last = (await ReadCountsAsync(table, post, cancellationToken)).Last;
        if (last == 0)
        {
            return [];
        }

        var first = Math.Max(1, last - most + 1);
        var ids = new Dictionary<string, string?>();
        await foreach (
            var (number, id) in RowRange.ReadColumnAsync(
                table,
                post.ToString(),
                ThreadRows.NumberKey(first),
                ThreadRows.NumberKey(last + 1),
                ThreadRows.CommentProperty,
                cancellationToken
            )
        )
        {
            ids[number] = id;
        }

        // Comments that were shown before there were replies have no number row: each is the thread of its number.
        var old = Enumerable
            .Range(first, last - first + 1)
            .Where(number => !ids.ContainsKey(ThreadRows.NumberKey(number)))
            .ToList();
        if (old.Count > 0)
        {
            foreach (var comment in await ReadThreadsAsync(table, post, old[0], old[^1], cancellationToken))
            {
                ids.TryAdd(ThreadRows.NumberKey(comment.Number), comment.Key.Comment.ToString());
            }
        }

        return
        [
            .. ids.OrderByDescending(row => row.Key, StringComparer.Ordinal)
                .Select(row => CommentId.TryParse(row.Value, out var id) ? new CommentKey(post, id) : default),
        ];
    }

    /// <summary>Finds the comment at a position, which may be a placeholder. Returns null when there is none.</summary>
    public static async Task<Comment?> FindAtAsync(
        TableClient table,
        PostId post,
        ThreadPath path,
        CancellationToken cancellationToken
    ) =>
        (
            await Row.FindAsync(
                table,
                post.ToString(),
                ThreadRows.KeyOf(path),
                CommentJson.Default.Comment,
                cancellationToken
            )
        )?.Value;

    /// <summary>Finds the approved comment with this number. Returns null when there is none.</summary>
    public static async Task<Comment?> FindAsync(
        TableClient table,
        PostId post,
        int number,
        CancellationToken cancellationToken
    )
    {
        var partition = post.ToString();
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            partition,
            ThreadRows.NumberKey(number),
            cancellationToken: cancellationToken
        );

        // Comments that were shown before there were replies have no number row: each is the thread of its number.
        var key = row.HasValue
            ? CommentTable.KeyOf(row.Value!.GetString(ThreadRows.CommentProperty))
            : ThreadRows.KeyOf(ThreadPath.ForThread(number));
        return
            await Row.FindAsync(table, partition, key, CommentJson.Default.Comment, cancellationToken)
                is { Value: { State: CommentState.Approved } comment }
            && comment.Number == number
            ? comment
            : null;
    }

    /// <summary>Reads the audit entries of a comment, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        TableClient table,
        CommentKey key,
        CancellationToken cancellationToken
    ) =>
        await RowRange
            .ReadAsync(
                table,
                CommentTable.PartitionOf(key),
                CommentTable.AuditPrefixOf(key),
                CommentTable.AuditPrefixOf(key) + "~",
                int.MaxValue,
                cancellationToken
            )
            .Select(row => Row.Read(row, CommentJson.Default.AuditEntry))
            .ToListAsync(cancellationToken);
}

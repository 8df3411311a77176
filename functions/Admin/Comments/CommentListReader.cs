using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// Reads the moderator's lists of comments. Each listed comment is read itself, and a list entry that does not match it
/// any more is repaired.
/// </summary>
public sealed class CommentListReader(CommentTable comments, CommentLists lists)
{
    /// <summary>Number of comments on a page of the admin area.</summary>
    public const int PageSize = 25;

    /// <summary>Maximum number of comments read for one page of search results, however few match.</summary>
    public const int MaxRead = 200;

    private const int MaxParallelReads = 16;

    /// <summary>Number of comments in each state, at most <see cref="AdminMenu.MaxCount"/>.</summary>
    public async Task<IReadOnlyDictionary<CommentState, int>> CountAsync(CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<CommentState>();
        var counts = await Task.WhenAll(
            states.Select(state => lists.CountAsync(state, AdminMenu.MaxCount, cancellationToken))
        );
        return states.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Reads one page of the comments that match a query.</summary>
    public async Task<CommentQueryResult> ReadAsync(CommentQuery query, CancellationToken cancellationToken)
    {
        var limit = query.IsNarrowed ? MaxRead : PageSize;
        var entries = await lists.ReadAsync(query.State, query.After, limit + 1, cancellationToken);
        var read = new Comment?[Math.Min(entries.Count, limit)];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, read.Length).Where(index => query.MayMatch(entries[index].Comment)),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = cancellationToken },
            async (index, stop) => read[index] = await VerifyAsync(query.State, entries[index], stop)
        );

        var found = read.Index()
            .Where(item => item.Item is { } comment && comment.Mentions(query.Search))
            .Take(PageSize)
            .ToList();
        var last = found.Count == PageSize ? found[^1].Index : read.Length - 1;
        return new CommentQueryResult(
            [.. found.Select(item => item.Item!)],
            last < entries.Count - 1 ? entries[last].Place : null
        );
    }

    /// <summary>
    /// Reads the comment of a list entry. Null when the entry is out of date; it is then removed, and the comment is
    /// added to the list of its state.
    /// </summary>
    private async Task<Comment?> VerifyAsync(
        CommentState state,
        StateListEntry entry,
        CancellationToken cancellationToken
    )
    {
        var comment = (await comments.FindPatientlyAsync(entry.Comment, cancellationToken))?.Value;
        if (comment is not null && CommentLists.IsAt(state, entry, comment))
        {
            return comment;
        }

        if (state != CommentState.Waiting) // The entry is a marker of moderation that is still to run: it stays.
        {
            await (comment is null ? Task.CompletedTask : lists.PlaceAsync(comment, cancellationToken));
            await lists.RemoveAsync(state, entry.Place, cancellationToken);
        }

        return null;
    }
}

using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Lists of comments as they are: each is read itself, and a list that has lagged behind is put right.</summary>
public sealed class CommentListReader(CommentTable comments, CommentLists lists)
{
    /// <summary>How many comments a page of the desk has.</summary>
    public const int PageSize = 25;

    /// <summary>So many are looked at for a page of what was searched, however few are found.</summary>
    public const int MaxLookedAt = 200;

    /// <summary>Counts end here: a moderator needs no more, and counting further costs more.</summary>
    public const int MaxCount = 100;

    private const int AtOnce = 16;

    /// <summary>How many comments each state has, up to <see cref="MaxCount"/>.</summary>
    public async Task<IReadOnlyDictionary<CommentState, int>> CountAsync(CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<CommentState>();
        var counts = await Task.WhenAll(states.Select(state => lists.CountAsync(state, MaxCount, cancellationToken)));
        return states.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>A page of the comments that are wanted.</summary>
    public async Task<CommentQueryResult> ReadAsync(CommentQuery query, CancellationToken cancellationToken)
    {
        var most = query.IsNarrowed ? MaxLookedAt : PageSize;
        var places = await lists.ReadAsync(query.State, query.After, most + 1, cancellationToken);
        var read = new Comment?[Math.Min(places.Count, most)];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, read.Length).Where(number => query.MayBe(places[number].Comment)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, stop) => read[number] = await VerifyAsync(query.State, places[number], stop)
        );

        var found = read.Index()
            .Where(item => item.Item is { } comment && comment.Mentions(query.Search))
            .Take(PageSize)
            .ToList();
        var last = found.Count == PageSize ? found[^1].Index : read.Length - 1;
        return new CommentQueryResult(
            [.. found.Select(item => item.Item!)],
            last < places.Count - 1 ? places[last].Place : null
        );
    }

    /// <summary>The comment, if it is still there in the list. Else the list is put right.</summary>
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

        if (state != CommentState.Waiting) // a marker stands for work that is left
        {
            await (comment is null ? Task.CompletedTask : lists.PlaceAsync(comment, cancellationToken));
            await lists.RemoveAsync(state, entry.Place, cancellationToken);
        }

        return null;
    }
}

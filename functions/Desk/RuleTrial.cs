using System.Collections.Concurrent;
using ServerlessBlog.Comments;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Desk;

/// <summary>Tries rules on the comments that came last: which of them they would judge otherwise than those that count now.</summary>
/// <remarks>Posts are taken as open and writers as they are known today: what the rules differ in is what shows.</remarks>
public sealed class RuleTrial(CommentTable comments, CommentLists lists)
{
    /// <summary>So many comments they are tried on, those decided about last.</summary>
    public const int MaxTried = 200;

    private const int AtOnce = 16;
    private static readonly CommentState[] States = [CommentState.Held, CommentState.Approved, CommentState.Spam, CommentState.Trash];

    /// <summary>Tries rules.</summary>
    /// <param name="now">Those that count.</param>
    /// <param name="then">Those that may.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<RuleTried> TryAsync(CommentSettings now, CommentSettings then, CancellationToken cancellationToken)
    {
        var places = await Task.WhenAll(States.Select(state => lists.ReadAsync(state, after: null, MaxTried, cancellationToken)));
        var last = places.SelectMany(list => list).OrderBy(place => place.Place, StringComparer.Ordinal).DistinctBy(place => place.Comment).Take(MaxTried).ToList();
        var (tried, changes) = (0, new ConcurrentBag<(int Place, RuleChange Change)>());
        await Parallel.ForEachAsync(
            last.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, stop) =>
            {
                if (await comments.FindPatientlyAsync(place.Item.Comment, stop) is not { Value: { IsErased: false } comment })
                {
                    return;
                }

                Interlocked.Increment(ref tried);
                var isKnown = (now.PreviouslyApproved || then.PreviouslyApproved) && await comments.KnowsWriterAsync(comment, stop);
                var (before, after) = (CommentRules.Judge(comment, now, isOpen: true, isKnown), CommentRules.Judge(comment, then, isOpen: true, isKnown));
                if (before.State != after.State)
                {
                    changes.Add((place.Index, new RuleChange(comment, before.State, after)));
                }
            });
        return new RuleTried(tried, [.. changes.OrderBy(change => change.Place).Select(change => change.Change)]);
    }
}

using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Rules;

/// <summary>Tries rules on the comments that came last: which of them they would judge otherwise than those that count now.</summary>
/// <remarks>Posts are taken as open and writers as they are known today: what the rules differ in is what shows.</remarks>
public sealed class RulesDryRun(CommentTable comments, CommentLists lists)
{
    /// <summary>So many comments they are tried on, those decided about last.</summary>
    public const int MaxTried = 200;

    private const int AtOnce = 16;
    private static readonly CommentState[] States =
    [
        CommentState.Held,
        CommentState.Approved,
        CommentState.Spam,
        CommentState.Trash,
    ];

    /// <summary>Tries rules.</summary>
    /// <param name="now">Those that count.</param>
    /// <param name="then">Those that may.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    public async Task<DryRunResult> TryAsync(
        CommentSettings now,
        CommentSettings then,
        CancellationToken cancellationToken
    )
    {
        var places = await Task.WhenAll(
            States.Select(state => lists.ReadAsync(state, after: null, MaxTried, cancellationToken))
        );
        var last = places
            .SelectMany(list => list)
            .OrderBy(entry => entry.Place, StringComparer.Ordinal)
            .DistinctBy(entry => entry.Comment)
            .Take(MaxTried)
            .ToList();
        var judged = new ChangedVerdict?[last.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, last.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (number, stop) => judged[number] = await JudgeAsync(last[number].Comment, now, then, stop)
        );

        var found = judged.OfType<ChangedVerdict>().ToList();
        return new DryRunResult(found.Count, [.. found.Where(change => change.Before != change.After.State)]);
    }

    /// <summary>Null for a comment of which nothing is left.</summary>
    private async Task<ChangedVerdict?> JudgeAsync(
        CommentKey key,
        CommentSettings now,
        CommentSettings then,
        CancellationToken cancellationToken
    )
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: { IsErased: false } comment })
        {
            return null;
        }

        var isKnown =
            (now.PreviouslyApproved || then.PreviouslyApproved)
            && await comments.KnowsWriterAsync(comment, cancellationToken);
        return new ChangedVerdict(comment, Judge(now).State, Judge(then));

        Verdict Judge(CommentSettings rules) => CommentRules.Judge(comment, rules, isOpen: true, isKnown);
    }
}

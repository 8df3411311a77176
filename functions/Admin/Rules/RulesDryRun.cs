using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Rules;

/// <summary>
/// Runs candidate rules on the latest comments and reports where their verdict differs from that of the rules in
/// effect. Changes nothing.
/// </summary>
/// <remarks>
/// Every post is taken as open, and a writer as known when a comment of theirs is approved by now: only differences
/// between the rules show.
/// </remarks>
public sealed class RulesDryRun(CommentTable comments, CommentLists lists, SiteTextsProvider words)
{
    /// <summary>Maximum number of comments: the latest by the time of their last decision.</summary>
    public const int MaxComments = 200;

    private const int MaxParallelReads = 16;
    private static readonly CommentState[] States =
    [
        CommentState.Held,
        CommentState.Approved,
        CommentState.Spam,
        CommentState.Trash,
    ];

    /// <summary>Compares two sets of rules. Comments that were erased are left out.</summary>
    /// <param name="current">The rules in effect.</param>
    /// <param name="candidate">The rules to try.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<DryRunResult> RunAsync(
        CommentSettings current,
        CommentSettings candidate,
        CancellationToken cancellationToken
    )
    {
        var texts = await words.CurrentAsync(cancellationToken);
        var entries = await Task.WhenAll(
            States.Select(state => lists.ReadAsync(state, after: null, MaxComments, cancellationToken))
        );
        var latest = entries
            .SelectMany(list => list)
            .OrderBy(entry => entry.Place, StringComparer.Ordinal)
            .DistinctBy(entry => entry.Comment)
            .Take(MaxComments)
            .ToList();
        var verdicts = new ChangedVerdict?[latest.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, latest.Count),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = cancellationToken },
            async (index, stop) =>
                verdicts[index] = await JudgeAsync(latest[index].Comment, current, candidate, texts, stop)
        );

        var judged = verdicts.OfType<ChangedVerdict>().ToList();
        return new DryRunResult(judged.Count, [.. judged.Where(verdict => verdict.Before != verdict.After.State)]);
    }

    /// <summary>Null when the comment was erased or deleted.</summary>
    private async Task<ChangedVerdict?> JudgeAsync(
        CommentKey key,
        CommentSettings current,
        CommentSettings candidate,
        SiteTexts texts,
        CancellationToken cancellationToken
    )
    {
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: { IsErased: false } comment })
        {
            return null;
        }

        var isKnown =
            (current.PreviouslyApproved || candidate.PreviouslyApproved)
            && await comments.IsKnownWriterAsync(comment, cancellationToken);
        return new ChangedVerdict(comment, Judge(current).State, Judge(candidate));

        Verdict Judge(CommentSettings rules) => CommentRules.Judge(comment, rules, isOpen: true, isKnown, texts);
    }
}

/// <summary>Result of a dry run of rules.</summary>
/// <param name="Comments">Number of comments that were judged.</param>
/// <param name="Changes">Comments whose verdict differs, the latest decision first.</param>
public sealed record DryRunResult(int Comments, IReadOnlyList<ChangedVerdict> Changes);

/// <summary>Verdicts of two sets of rules on one comment.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="Before">State by the rules in effect.</param>
/// <param name="After">Verdict by the candidate rules.</param>
public sealed record ChangedVerdict(Comment Comment, CommentState Before, Verdict After);

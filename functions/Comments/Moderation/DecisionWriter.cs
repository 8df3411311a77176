using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Writes decisions about comments with their audit entries, retrying when a comment changes meanwhile.
/// </summary>
public sealed class DecisionWriter(CommentTable comments, TimeProvider clock)
{
    /// <summary>
    /// Writes a decision with its audit entry. When the comment changes meanwhile, reads it and decides again. Returns
    /// null when there is no such comment.
    /// </summary>
    /// <param name="key">The comment.</param>
    /// <param name="decide">
    /// Returns the verdict about the comment, whose text is the pending revision if there is one; null to change
    /// nothing.
    /// </param>
    /// <param name="onlyUnjudged">
    /// Whether to change nothing when the rules have judged the comment and no revision is pending.
    /// </param>
    /// <param name="by">Who decides, for the audit entry.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<Decision?> WriteAsync(
        CommentKey key,
        Func<Comment, Task<Verdict?>> decide,
        bool onlyUnjudged,
        string by,
        CancellationToken cancellationToken
    )
    {
        while (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: var before } read)
        {
            if (before.IsWithdrawn || (onlyUnjudged && before.State != CommentState.Waiting && before.NewText is null))
            {
                return new Decision(null, before);
            }

            var revised = before with
            {
                Text = before.NewText ?? before.Text,
                Format = before.NewText is null ? before.Format : CommentFormat.Markdown,
                NewText = null,
            };
            if (await decide(revised) is not { } verdict || IsUnchanged(before, verdict))
            {
                return new Decision(null, before);
            }

            var now = clock.GetUtcNow();
            var decided = Apply(verdict, revised, before.Text, now);
            var entry = CreateAuditEntry(before, decided, verdict, by, now);
            if (await comments.DecideAsync(read, decided, entry, cancellationToken))
            {
                BlogTelemetry.VerdictGiven(DecidingRule(verdict), ToWord(verdict.State));
                return new Decision(before, decided);
            }
        }

        return null;
    }

    private static string DecidingRule(Verdict verdict) =>
        verdict.Trace is { } trace
            ? trace.FirstOrDefault(finding => finding.Says == verdict.State)?.Rule ?? "none"
            : "person";

    private static string ToWord(CommentState state) => state.ToString().ToLowerInvariant();

    private static bool IsUnchanged(Comment before, Verdict verdict) =>
        verdict.State == before.State
        && verdict.IsRestorable == before.IsRestorable
        && verdict.Text is null
        && before.NewText is null;

    private static Comment Apply(Verdict verdict, Comment comment, string before, DateTimeOffset now) =>
        comment with
        {
            Text = verdict.Text ?? comment.Text,
            Format = verdict.Text is null ? comment.Format : CommentFormat.Markdown,
            Edited = (verdict.Text ?? comment.Text) == before ? comment.Edited : now,
            State = verdict.State,
            Reasons = verdict.Reasons,
            Decisions = comment.Decisions + 1,
            Decided = verdict.State == comment.State ? comment.Decided : now,
            IsRestorable = verdict.IsRestorable,
        };

    private static AuditEntry CreateAuditEntry(
        Comment before,
        Comment decided,
        Verdict verdict,
        string by,
        DateTimeOffset now
    ) =>
        new(
            now,
            by,
            before.State,
            decided.State,
            verdict.Reasons,
            verdict.Trace,
            decided.Text == before.Text ? null : before.Text
        );
}

/// <summary>The outcome of a decision about a comment, made by the rules or by a person.</summary>
/// <param name="Before">
/// The comment as it was before; null when nothing was changed, because somebody else decided first or because the
/// comment was in that state already.
/// </param>
/// <param name="Now">The comment as it is stored now.</param>
public sealed record Decision(Comment? Before, Comment Now);

/// <summary>An entry of a comment's audit: one decision about it.</summary>
/// <param name="Time">When the decision was made.</param>
/// <param name="By">Who decided: "rules", or how a person did, such as "by a link from the mail".</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Reasons">The reasons, one sentence each; empty when the comment was erased.</param>
/// <param name="Trace">The findings of all rules; null when a person decided or the comment was erased.</param>
/// <param name="Before">The text before, when the decision changed the text and it was not erased; else null.</param>
public sealed record AuditEntry(
    DateTimeOffset Time,
    string By,
    CommentState From,
    CommentState To,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<RuleFinding>? Trace = null,
    string? Before = null
);

using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Decides about comments, by the rules or for a moderator or writer, and applies the effects of the decisions: lists,
/// known writers, revisions of pages, notifications. Every method is idempotent.
/// </summary>
public sealed class CommentModeration(
    CommentTable comments,
    CommentRemoval removal,
    DecisionWriter decisions,
    CommentLists lists,
    RuleTable rules,
    PostTable posts,
    RevisionRaiser revisions,
    RaiseQueueClient raises,
    AuthorMails authorMails,
    JudgedComments judged,
    SiteTextsProvider words
)
{
    /// <summary>
    /// Judges the comment by the rules unless it has been judged, and applies the effects. Returns the comment; null
    /// when there is none with this key.
    /// </summary>
    public async Task<Comment?> JudgeAsync(CommentKey key, CancellationToken cancellationToken)
    {
        var post = (await posts.FindForWriteAsync(key.Post, cancellationToken))?.Value;
        var (current, texts) = (
            await rules.CurrentAsync(cancellationToken),
            await words.CurrentAsync(cancellationToken)
        );
        var decision = await decisions.WriteAsync(
            key,
            async comment =>
                CommentRules.Judge(
                    comment,
                    current,
                    IsOpen(post),
                    current.PreviouslyApproved && await comments.IsKnownWriterAsync(comment, cancellationToken),
                    texts
                ),
            onlyUnjudged: true,
            "rules",
            cancellationToken
        );
        if (decision is null)
        {
            return null;
        }

        await ApplyEffectsAsync(decision, cancellationToken);
        await PublishVerdictAsync(decision.Now, post, texts, cancellationToken);
        if (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: { IsErased: true } erased })
        {
            // Its writer erased it while it was judged.
            await removal.RemoveTracesAsync(decision.Now, erased.Decisions, cancellationToken);
        }

        await comments.RemoveMarkerAsync(key, cancellationToken);
        return decision.Now;
    }

    /// <summary>
    /// Applies a decision of a moderator or writer. Returns null when there is no such comment. A withdrawn comment
    /// stays withdrawn.
    /// </summary>
    /// <param name="key">The comment.</param>
    /// <param name="state">The new state.</param>
    /// <param name="by">Who decided, for the audit entry: "by ...".</param>
    /// <param name="cancellationToken">
    /// Stops the work; the rest is done later, by its queue messages and the checks.
    /// </param>
    /// <param name="seen">
    /// The version of the comment that the person saw; nothing is changed when the comment has another version. Null to
    /// decide whatever the version is.
    /// </param>
    /// <param name="restorable">For the trash: whether a moderator can restore the comment.</param>
    public async Task<Decision?> DecideAsync(
        CommentKey key,
        CommentState state,
        string by,
        CancellationToken cancellationToken,
        int? seen = null,
        bool restorable = false
    )
    {
        var isWithdrawn = state == CommentState.Trash && !restorable;
        var reason = (await words.CurrentAsync(cancellationToken)).Format(
            isWithdrawn ? "reason.withdrawn" : "reason.moderator",
            ("by", by)
        );
        return await DecideAndApplyAsync(
            key,
            comment =>
                seen is not null && comment.Version != seen
                    ? null
                    : new Verdict(state, [reason], IsRestorable: restorable),
            by,
            cancellationToken
        );
    }

    /// <summary>
    /// Replaces the text of a comment with a moderator's correction. The state stays; the audit entry holds the text
    /// before. Returns null when there is no such comment.
    /// </summary>
    /// <param name="key">The comment.</param>
    /// <param name="text">The corrected text.</param>
    /// <param name="by">Who decided, for the audit entry: "by ...".</param>
    /// <param name="seen">
    /// The version of the comment that the moderator saw; nothing is changed when the comment has another version.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the work; the rest is done later, by its queue messages and the checks.
    /// </param>
    public async Task<Decision?> CorrectAsync(
        CommentKey key,
        string text,
        string by,
        int seen,
        CancellationToken cancellationToken
    )
    {
        var texts = await words.CurrentAsync(cancellationToken);
        return await DecideAndApplyAsync(
            key,
            comment =>
                comment.Version != seen || comment.Body.ToEditableText() == text
                    ? null
                    : new Verdict(
                        comment.State,
                        [texts.Format("reason.corrected", ("by", by))],
                        IsRestorable: comment.IsRestorable,
                        Text: text
                    ),
            by,
            cancellationToken
        );
    }

    /// <summary>
    /// Raises the post's revision when the judged comment is shown or was shown before, and notifies the authors when
    /// it is held.
    /// </summary>
    private async Task PublishVerdictAsync(
        Comment comment,
        Post? post,
        SiteTexts texts,
        CancellationToken cancellationToken
    )
    {
        if (comment.State == CommentState.Approved || comment.Position is not null)
        {
            await revisions.RaiseAsync(comment.Key.Post, cancellationToken);
        }

        await judged.HandleAsync(comment, cancellationToken);
        if (post is not null)
        {
            await authorMails.TellAsync(comment, post, texts, cancellationToken);
        }
    }

    /// <summary>
    /// Writes a person's decision and applies its effects; a delayed message and the waiting marker cover a crash.
    /// </summary>
    private async Task<Decision?> DecideAndApplyAsync(
        CommentKey key,
        Func<Comment, Verdict?> decide,
        string by,
        CancellationToken cancellationToken
    )
    {
        await raises.SendAsync(key.Post, cancellationToken);
        await comments.AddMarkerAsync(key, cancellationToken);
        var decision = await decisions.WriteAsync(
            key,
            comment => Task.FromResult(decide(comment)),
            onlyUnjudged: false,
            by,
            cancellationToken
        );
        if (decision is not null)
        {
            await ApplyEffectsAsync(decision, cancellationToken);
            await revisions.RaiseAsync(key.Post, cancellationToken);
            if (decision is { Before: not null, Now.State: CommentState.Approved })
            {
                await judged.QueueAsync(decision.Now, cancellationToken);
            }
        }

        // A comment or revision that the rules have yet to judge keeps its marker.
        if (decision is not { Now: { State: CommentState.Waiting } or { NewText: not null } })
        {
            await comments.RemoveMarkerAsync(key, cancellationToken);
        }

        return decision;
    }

    /// <summary>
    /// Applies the effects that decisions of the rules and of people have in common: known writers and lists.
    /// </summary>
    private async Task ApplyEffectsAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Now.State == CommentState.Approved)
        {
            await comments.RememberWriterAsync(decision.Now, cancellationToken);
        }

        await lists.MoveAsync(decision.Before ?? decision.Now, decision.Now, cancellationToken);
    }

    private static bool IsOpen(Post? post) => post is { State: PostState.Published, TakesComments: true };
}

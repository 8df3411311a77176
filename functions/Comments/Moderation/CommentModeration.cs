using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>From a comment to a decision, and from a decision to what follows from it. Every step may be taken any number of times.</summary>
public sealed class CommentModeration(
    CommentTable comments,
    CommentLists lists,
    RuleTable rules,
    PostTable posts,
    RevisionRaiser revisions,
    RaiseQueueClient raises,
    NotificationOutbox outbox,
    HeldCommentNotification heldNotification,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>Judges the comment if nobody has, and does what follows. Null: there is no such comment.</summary>
    public async Task<Comment?> JudgeAsync(CommentKey key, CancellationToken cancellationToken)
    {
        var post = await posts.FindPatientlyAsync(key.Post, cancellationToken);
        var current = await rules.CurrentAsync(cancellationToken);
        var decision = await DecideAsync(
            key,
            async waiting =>
                CommentRules.Judge(
                    waiting,
                    current,
                    IsOpen(post?.Value),
                    current.PreviouslyApproved && await comments.KnowsWriterAsync(waiting, cancellationToken)
                ),
            onlyWaiting: true,
            "rules",
            cancellationToken
        );
        if (decision is not { Now: var comment })
        {
            return null;
        }

        await FollowAsync(decision, cancellationToken);
        if (comment.State == CommentState.Approved || comment.Position is not null)
        {
            await revisions.RaiseAsync(key.Post, cancellationToken); // it is shown, or no longer
        }

        if (comment.State == CommentState.Held && post is not null && settings.Authors.Count > 0)
        {
            await outbox.AddAsync(heldNotification.Create(comment, post.Value), cancellationToken);
        }

        if (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: { IsErased: true } erased })
        {
            await ForgetAsync(comment, erased.Decisions, cancellationToken); // while it was judged
        }

        await comments.SettleAsync(key, cancellationToken);
        return comment;
    }

    /// <summary>Takes back what followed from decisions about a comment and tells who wrote it, and what.</summary>
    /// <param name="comment">The comment, before it is erased.</param>
    /// <param name="decisions">How often something was decided about it.</param>
    /// <param name="cancellationToken">Stops the work: begin again.</param>
    public async Task ForgetAsync(Comment comment, int decisions, CancellationToken cancellationToken)
    {
        for (var decision = 0; decision <= decisions; decision++)
        {
            await outbox.WithdrawAsync(HeldCommentNotification.IdOf(comment.Key, decision), cancellationToken);
        }

        await comments.ForgetWriterAsync(comment, cancellationToken);
    }

    /// <summary>A person's decision. Null: there is no such comment. One that its writer took back stays so.</summary>
    /// <param name="key">The comment.</param>
    /// <param name="state">What it is to be.</param>
    /// <param name="by">Who; goes into the audit.</param>
    /// <param name="cancellationToken">Stops the work; what is left of it is done later.</param>
    /// <param name="seen">The comment's version when the person looked: if it has another, nothing is changed. Null: whatever it is.</param>
    /// <param name="restorable">Of trash, whether it can be brought back.</param>
    public Task<Decision?> DecideAsync(
        CommentKey key,
        CommentState state,
        string by,
        CancellationToken cancellationToken,
        int? seen = null,
        bool restorable = false
    )
    {
        var reason =
            state == CommentState.Trash && !restorable ? $"It was withdrawn, {by}." : $"A moderator decided, {by}.";
        return DecideAsync(
            key,
            comment =>
                seen is not null && comment.Version != seen
                    ? null
                    : new Verdict(state, [reason], IsRestorable: restorable),
            by,
            cancellationToken
        );
    }

    /// <summary>A moderator's correction of a text: its state stays, and the text before is in the history. Null: there is no such comment.</summary>
    /// <param name="key">The comment.</param>
    /// <param name="text">What it is to say.</param>
    /// <param name="by">Who; goes into the audit.</param>
    /// <param name="seen">As of <see cref="DecideAsync(CommentKey, CommentState, string, CancellationToken, int?, bool)"/>.</param>
    /// <param name="cancellationToken">Stops the work; what is left of it is done later.</param>
    public Task<Decision?> CorrectAsync(
        CommentKey key,
        string text,
        string by,
        int seen,
        CancellationToken cancellationToken
    ) =>
        DecideAsync(
            key,
            comment =>
                comment.Version != seen || comment.Text == text
                    ? null
                    : new Verdict(
                        comment.State,
                        [$"A moderator corrected the text, {by}."],
                        IsRestorable: comment.IsRestorable,
                        Text: text
                    ),
            by,
            cancellationToken
        );

    private async Task<Decision?> DecideAsync(
        CommentKey key,
        Func<Comment, Verdict?> judge,
        string by,
        CancellationToken cancellationToken
    )
    {
        await raises.SendAsync(key.Post, cancellationToken);
        await comments.MarkAsync(key, cancellationToken);
        var decision = await DecideAsync(
            key,
            comment => Task.FromResult(judge(comment)),
            onlyWaiting: false,
            by,
            cancellationToken
        );
        if (decision is not null)
        {
            await FollowAsync(decision, cancellationToken);
            await revisions.RaiseAsync(key.Post, cancellationToken);
        }

        if (decision is not { Now: { State: CommentState.Waiting } or { NewText: not null } })
        {
            await comments.SettleAsync(key, cancellationToken);
        }

        return decision;
    }

    /// <summary>What follows from every decision, whoever made it.</summary>
    private async Task FollowAsync(Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Now.State == CommentState.Approved)
        {
            await comments.RememberWriterAsync(decision.Now, cancellationToken);
        }

        await lists.MoveAsync(decision.Before ?? decision.Now, decision.Now, cancellationToken);
    }

    /// <summary>Writes a decision, against the newest state, until nobody has come between; a judge who answers null leaves it as it is.</summary>
    private async Task<Decision?> DecideAsync(
        CommentKey key,
        Func<Comment, Task<Verdict?>> judge,
        bool onlyWaiting,
        string by,
        CancellationToken cancellationToken
    )
    {
        while (await comments.FindPatientlyAsync(key, cancellationToken) is { } read)
        {
            var before = read.Value;
            if (before.IsTakenBack || (onlyWaiting && before.State != CommentState.Waiting && before.NewText is null))
            {
                return new Decision(null, before);
            }

            var revised = before with { Text = before.NewText ?? before.Text, NewText = null };
            var verdict = await judge(revised);
            if (
                verdict is null
                || (
                    verdict.State == before.State
                    && verdict.IsRestorable == before.IsRestorable
                    && verdict.Text is null
                    && before.NewText is null
                )
            )
            {
                return new Decision(null, before);
            }

            var now = clock.GetUtcNow();
            var decided = revised with
            {
                Text = verdict.Text ?? revised.Text,
                State = verdict.State,
                Reasons = verdict.Reasons,
                Decisions = before.Decisions + 1,
                Decided = verdict.State == before.State ? before.Decided : now,
                IsRestorable = verdict.IsRestorable,
            };
            var entry = new AuditEntry(
                now,
                by,
                before.State,
                decided.State,
                verdict.Reasons,
                verdict.Trace,
                decided.Text == before.Text ? null : before.Text
            );
            if (await comments.DecideAsync(read, decided, entry, cancellationToken))
            {
                return new Decision(before, decided);
            }
        }

        return null;
    }

    private static bool IsOpen(Post? post) => post is { State: PostState.Published, TakesComments: true };
}

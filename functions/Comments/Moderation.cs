using ServerlessBlog.Hosting;
using ServerlessBlog.Notices;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>From a comment to a decision, and from a decision to what follows from it. Every step may be taken any number of times.</summary>
public sealed class Moderation(
    CommentTable comments,
    PostTable posts,
    PageRaiser pages,
    RaiseInbox raises,
    NoticeDesk notices,
    HeldNotice held,
    BlogSettings settings,
    TimeProvider clock)
{
    /// <summary>Judges the comment if nobody has, and does what follows. Null: there is no such comment.</summary>
    public async Task<Comment?> JudgeAsync(CommentKey key, CancellationToken cancellationToken)
    {
        var post = await posts.FindPatientlyAsync(key.Post, cancellationToken);
        var comment = await DecideAsync(
            key,
            async waiting => CommentRules.Judge(waiting, settings.Comments, IsOpen(post?.Value), await IsKnownAsync(waiting, cancellationToken)),
            onlyWaiting: true,
            "rules",
            cancellationToken);
        if (comment is null)
        {
            return null;
        }

        if (comment.State == CommentState.Approved)
        {
            await comments.RememberWriterAsync(comment, cancellationToken);
        }

        if (comment.State == CommentState.Approved || comment.Trail is not null)
        {
            await pages.RaiseAsync(key.Post, cancellationToken); // it is shown, or no longer
        }

        if (comment.State == CommentState.Held && post is not null && settings.Authors.Count > 0)
        {
            await notices.GiveAsync(held.Of(comment, post.Value), cancellationToken);
        }

        await comments.SettleAsync(key, cancellationToken);
        return comment;
    }

    /// <summary>A person's decision. Null: there is no such comment. One that its writer took back stays so.</summary>
    /// <param name="key">The comment.</param>
    /// <param name="state">Approved, spam or trash.</param>
    /// <param name="by">Who; goes into the audit.</param>
    /// <param name="cancellationToken">Stops the work; the page is raised all the same.</param>
    public async Task<Comment?> RuleAsync(CommentKey key, CommentState state, string by, CancellationToken cancellationToken)
    {
        await raises.SendAsync(key.Post, cancellationToken);
        var reason = state == CommentState.Trash ? $"It was taken back, {by}." : $"A moderator decided, {by}.";
        var comment = await DecideAsync(key, _ => Task.FromResult(new Judgement(state, [reason])), onlyWaiting: false, by, cancellationToken);
        if (comment is null)
        {
            return null;
        }

        if (comment.State == CommentState.Approved)
        {
            await comments.RememberWriterAsync(comment, cancellationToken);
        }

        await pages.RaiseAsync(key.Post, cancellationToken);
        await comments.SettleAsync(key, cancellationToken);
        return comment;
    }

    /// <summary>Writes a decision, against the newest state, until nobody has come between.</summary>
    private async Task<Comment?> DecideAsync(
        CommentKey key, Func<Comment, Task<Judgement>> judge, bool onlyWaiting, string by, CancellationToken cancellationToken)
    {
        while (await comments.FindPatientlyAsync(key, cancellationToken) is { } read)
        {
            var before = read.Value;
            if (before.State == CommentState.Trash || (onlyWaiting && before.State != CommentState.Waiting && before.NewText is null))
            {
                return before;
            }

            var revised = before with { Text = before.NewText ?? before.Text, NewText = null };
            var judgement = await judge(revised);
            if (judgement.State == before.State && before.NewText is null)
            {
                return before;
            }

            var decided = revised with { State = judgement.State, Reasons = judgement.Reasons, Decisions = before.Decisions + 1 };
            var entry = new AuditEntry(
                clock.GetUtcNow(), by, before.State, decided.State, judgement.Reasons, judgement.Trace, before.NewText is null ? null : before.Text);
            if (await comments.DecideAsync(read, decided, entry, cancellationToken))
            {
                return decided;
            }
        }

        return null;
    }

    private async Task<bool> IsKnownAsync(Comment comment, CancellationToken cancellationToken) =>
        settings.Comments.PreviouslyApproved && await comments.KnowsWriterAsync(comment, cancellationToken);

    private static bool IsOpen(Post? post) => post is { State: PostState.Published, Head.Comments: true };
}

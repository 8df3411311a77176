using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Erases and deletes comments with everything that was stored about them. Every method is idempotent.
/// </summary>
public sealed class CommentRemoval(CommentTable comments, CommentRows rows, NotificationOutbox outbox)
{
    /// <summary>
    /// Erases a withdrawn comment: its content, the reasons in its audit entries, its notifications and its place among
    /// the known writers.
    /// </summary>
    public async Task EraseAsync(Comment comment, CancellationToken cancellationToken)
    {
        await RemoveTracesAsync(comment, comment.Decisions, cancellationToken);
        await rows.EraseAsync(comment, cancellationToken);
    }

    /// <summary>
    /// Takes name, e-mail address and website out of a comment, its audit entries, its notifications and the record of
    /// known writers; the text and the state stay.
    /// </summary>
    /// <param name="key">The comment.</param>
    /// <param name="name">The name that stands instead of the writer's.</param>
    /// <param name="now">The time of the audit entry.</param>
    /// <param name="cancellationToken">Stops the work: call again.</param>
    public async Task AnonymiseAsync(
        CommentKey key,
        string name,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await ForgetMailAsync(
            key,
            named => named with { Author = name, Website = null, Reasons = [] },
            new AuditEntry(now, "by its writer", default, default, []),
            cancellationToken
        );
        await rows.EraseAuditAsync(key, cancellationToken);
    }

    /// <summary>
    /// Takes the e-mail address out of a comment, its notifications and the record of known writers; all else stays.
    /// </summary>
    /// <param name="key">The comment.</param>
    /// <param name="now">The time of the audit entry.</param>
    /// <param name="cancellationToken">Stops the work: call again.</param>
    public Task ForgetMailAsync(CommentKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        ForgetMailAsync(
            key,
            named => named,
            new AuditEntry(now, "by Blog__AddressDays", default, default, []),
            cancellationToken
        );

    private async Task ForgetMailAsync(
        CommentKey key,
        Func<Comment, Comment> change,
        AuditEntry entry,
        CancellationToken cancellationToken
    )
    {
        while (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: { Email.Length: > 0 } named } read)
        {
            await RemoveTracesAsync(named, named.Decisions, cancellationToken);
            var changed = change(named) with { Email = "", WantsReplies = false, Decisions = named.Decisions + 1 };
            var written = entry with { From = named.State, To = named.State };
            if (await comments.DecideAsync(read, changed, written, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>
    /// Deletes a comment that is not shown, with its audit entries, its notifications and its place among the known
    /// writers. Returns false when the comment has changed since it was read.
    /// </summary>
    public async Task<bool> DeleteAsync(Versioned<Comment> read, CancellationToken cancellationToken)
    {
        await RemoveTracesAsync(read.Value, read.Value.Decisions, cancellationToken);
        return await rows.DeleteAsync(read, cancellationToken);
    }

    /// <summary>
    /// Removes what earlier decisions about a comment have left outside of its own rows: notifications and the record
    /// of its writer as known.
    /// </summary>
    /// <param name="comment">The comment, with the name and e-mail address it had before erasure.</param>
    /// <param name="decisionCount">The number of decisions made about it.</param>
    /// <param name="cancellationToken">Stops the work: call again.</param>
    public async Task RemoveTracesAsync(Comment comment, int decisionCount, CancellationToken cancellationToken)
    {
        for (var decision = 0; decision <= decisionCount; decision++)
        {
            await outbox.DeleteAsync(CommentNotification.IdOf(comment.Key, decision), cancellationToken);
        }

        await comments.ForgetWriterAsync(comment, cancellationToken);
    }
}

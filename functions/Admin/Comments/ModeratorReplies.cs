using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Keeps replies of moderators to comments, and their corrections of comments.</summary>
public sealed class ModeratorReplies(CommentTable comments, CommentModeration moderation, TimeProvider clock)
{
    private static readonly TextReference Changed = new("admin.reply-changed");

    /// <summary>
    /// Replies to a comment and approves it unless it is approved already. Idempotent: the same reply sent twice is
    /// kept once.
    /// </summary>
    /// <param name="version">The comment in the version that the moderator saw.</param>
    /// <param name="text">Markdown of the reply.</param>
    /// <param name="author">The moderator who replies.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the client disconnects; a reply that was kept by then is moderated later.
    /// </param>
    public async Task<ReplyResult> ReplyAsync(
        CommentVersion version,
        string text,
        Person author,
        CancellationToken cancellationToken
    )
    {
        if (!TryAccept(text, author, out var accepted, out var problem))
        {
            return new ReplyResult(null, problem);
        }

        var reply = await CreateReplyAsync(version.Comment, accepted, cancellationToken);
        if (
            await comments.FindPatientlyAsync(reply.Key, cancellationToken) is null
            && !await ApproveAsync(version, author, cancellationToken)
        )
        {
            return new ReplyResult(null, Changed);
        }

        await comments.AddAsync(reply, cancellationToken);
        await moderation.JudgeAsync(reply.Key, cancellationToken);
        return new ReplyResult(reply.Key, null);
    }

    /// <summary>Replaces the text of a comment in any state. The audit keeps the text before.</summary>
    /// <param name="version">The comment in the version that the moderator saw.</param>
    /// <param name="text">Markdown of the new text.</param>
    /// <param name="author">The moderator, for the audit.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<ReplyResult> CorrectAsync(
        CommentVersion version,
        string text,
        Person author,
        CancellationToken cancellationToken
    )
    {
        if (!TryAccept(text, author, out var accepted, out var problem))
        {
            return new ReplyResult(null, problem);
        }

        var decision = await moderation.CorrectAsync(
            version.Comment,
            accepted.Text,
            BulkModeration.AuditName(author),
            version.Version,
            cancellationToken
        );
        return decision?.Now.Text == accepted.Text
            ? new ReplyResult(version.Comment, null)
            : new ReplyResult(null, Changed);
    }

    /// <summary>
    /// Approves the comment unless it is approved already. False when it has another version than the moderator saw.
    /// </summary>
    private async Task<bool> ApproveAsync(CommentVersion version, Person author, CancellationToken cancellationToken) =>
        await moderation.DecideAsync(
            version.Comment,
            CommentState.Approved,
            BulkModeration.AuditName(author),
            cancellationToken,
            version.Version
        )
            is { Now: { State: CommentState.Approved } now } decision
        && (decision.Before is not null || now.Version == version.Version);

    /// <summary>
    /// Creates the reply. Its id is computed from "desk:" and the e-mail address, which the readers' form refuses as an
    /// address: a reader cannot send a comment with the same id.
    /// </summary>
    private async Task<Comment> CreateReplyAsync(
        CommentKey parent,
        CommentForm accepted,
        CancellationToken cancellationToken
    )
    {
        var id = CommentId.Create(
            await comments.GetIdKeyAsync(cancellationToken),
            parent.Post,
            $"desk:{accepted.Email}",
            accepted.Name,
            accepted.Text,
            parent.Comment
        );
        return new Comment
        {
            Key = new CommentKey(parent.Post, id),
            Author = accepted.Name,
            Email = accepted.Email,
            Text = accepted.Text,
            ReplyTo = parent.Comment,
            IsByAuthor = true,
            Created = clock.GetUtcNow(),
        };
    }

    private static bool TryAccept(
        string text,
        Person author,
        [NotNullWhen(true)] out CommentForm? accepted,
        out TextReference? problem
    )
    {
        var isAccepted = new CommentForm(author.Name, author.Mail, "", text).TryValidate(
            out accepted,
            out var problems
        );
        problem = problems.Values.FirstOrDefault();
        return isAccepted;
    }
}

/// <summary>Result of a reply or a correction.</summary>
/// <param name="Comment">The reply or the corrected comment; null when it was refused.</param>
/// <param name="Problem">Error message; null when it was kept.</param>
public sealed record ReplyResult(CommentKey? Comment, TextReference? Problem);

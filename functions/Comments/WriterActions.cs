using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>What the writer of a comment may do with it, by the link that came with it.</summary>
public sealed class WriterActions(
    CommentTable comments,
    ModerationQueueClient queue,
    CommentModeration moderation,
    TimeProvider clock
)
{
    private const string Writer = "by its writer";

    /// <summary>How long a text may be changed, from when it came: 15 minutes.</summary>
    public static TimeSpan RevisionTime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether the text may still be changed: not for long, and not once somebody has answered it.</summary>
    public async Task<bool> MayReviseAsync(Comment comment, CancellationToken cancellationToken) =>
        comment.State is CommentState.Waiting or CommentState.Held or CommentState.Approved
        && clock.GetUtcNow() - comment.Created < RevisionTime
        && !await comments.IsAnsweredAsync(comment, cancellationToken);

    /// <summary>Has another text judged; the one before is shown until then. Null when it was taken, else what is to be said of it.</summary>
    public async Task<TextReference?> ReviseAsync(CommentKey key, string text, CancellationToken cancellationToken)
    {
        while (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: var comment } read)
        {
            var submitted = new CommentForm(comment.Author, comment.Email, comment.Website ?? "", text);
            if (!submitted.TryAccept(out var accepted, out var problems))
            {
                return problems.Values.First();
            }

            if (accepted.Text == (comment.NewText ?? comment.Text))
            {
                return null;
            }

            if (!await MayReviseAsync(comment, cancellationToken))
            {
                return new TextReference("wrong.too-late");
            }

            if (
                await comments.ReviseAsync(
                    read,
                    comment with
                    {
                        NewText = accepted.Text,
                        Revisions = comment.Revisions + 1,
                    },
                    cancellationToken
                )
            )
            {
                await queue.SendAsync(key, cancellationToken);
                return null;
            }
        }

        return new TextReference("wrong.gone");
    }

    /// <summary>Takes a comment back: nobody sees it any more.</summary>
    public Task WithdrawAsync(CommentKey key, CancellationToken cancellationToken) =>
        moderation.DecideAsync(key, CommentState.Trash, Writer, cancellationToken);

    /// <summary>Takes a comment back, and leaves nothing of who wrote it and what: in the comment, in its history, in what moderators were told, in who is known.</summary>
    public async Task EraseAsync(CommentKey key, CancellationToken cancellationToken)
    {
        await WithdrawAsync(key, cancellationToken);
        if (await comments.FindPatientlyAsync(key, cancellationToken) is not { Value: { IsErased: false } comment })
        {
            return;
        }

        await moderation.ForgetAsync(comment, comment.Decisions, cancellationToken);
        await comments.EraseAsync(comment, cancellationToken);
    }
}

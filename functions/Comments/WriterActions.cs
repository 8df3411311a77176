using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Comments;

/// <summary>
/// The actions of a comment's writer on it, by the signed link in the receipt: revise, withdraw, erase.
/// </summary>
public sealed class WriterActions(
    CommentTable comments,
    ModerationQueueClient queue,
    CommentModeration moderation,
    CommentRemoval removal,
    TimeProvider clock
)
{
    private const string ByWriter = "by its writer";

    /// <summary>How long a comment may be revised after it was submitted: 15 minutes.</summary>
    public static TimeSpan RevisionTime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether the writer may still revise the text: within <see cref="RevisionTime"/>, and only while no approved
    /// comment replies to it.
    /// </summary>
    public async Task<bool> MayReviseAsync(Comment comment, CancellationToken cancellationToken) =>
        comment.State is CommentState.Waiting or CommentState.Held or CommentState.Approved
        && clock.GetUtcNow() - comment.Created < RevisionTime
        && !await comments.HasRepliesAsync(comment, cancellationToken);

    /// <summary>
    /// Stores a revised text and has the rules judge it. Readers see the text before until then. Returns null when the
    /// revision was accepted or changes nothing, else the message that says why not.
    /// </summary>
    public async Task<TextReference?> ReviseAsync(CommentKey key, string text, CancellationToken cancellationToken)
    {
        while (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: var comment } read)
        {
            var submitted = new CommentForm(comment.Author, comment.Email, comment.Website ?? "", text);
            if (!submitted.TryValidate(out var accepted, out var problems))
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

            var revised = comment with { NewText = accepted.Text, Revisions = comment.Revisions + 1 };
            if (await comments.ReviseAsync(read, revised, cancellationToken))
            {
                await queue.SendAsync(key, cancellationToken);
                return null;
            }
        }

        return new TextReference("wrong.gone");
    }

    /// <summary>Withdraws a comment: it moves to the trash and cannot be restored.</summary>
    public Task WithdrawAsync(CommentKey key, CancellationToken cancellationToken) =>
        moderation.DecideAsync(key, CommentState.Trash, ByWriter, cancellationToken);

    /// <summary>
    /// Withdraws a comment and erases its personal data and its text: in the comment, in its audit entries, in stored
    /// notifications and among the known writers. Idempotent.
    /// </summary>
    public async Task EraseAsync(CommentKey key, CancellationToken cancellationToken)
    {
        await WithdrawAsync(key, cancellationToken);
        if (await comments.FindPatientlyAsync(key, cancellationToken) is { Value: { IsErased: false } comment })
        {
            await removal.EraseAsync(comment, cancellationToken);
        }
    }
}

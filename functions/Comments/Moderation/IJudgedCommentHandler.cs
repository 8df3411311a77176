namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Does what follows from an approved or held comment beside its page and the authors' mails. Letters and webhooks
/// implement it; this folder does not depend on them.
/// </summary>
public interface IJudgedCommentHandler
{
    /// <summary>Whether it has anything to do for a comment.</summary>
    bool IsInterestedIn(Comment comment);

    /// <summary>Does it. Idempotent: it is called again for every repeated message.</summary>
    Task HandleAsync(Comment comment, CancellationToken cancellationToken);
}

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Does what follows from an approved comment beside its page. The letters implement it; this folder does not depend on
/// them.
/// </summary>
public interface IApprovedCommentHandler
{
    /// <summary>Does it now. Idempotent: it is called again for every repeated message.</summary>
    Task HandleAsync(Comment decided, CancellationToken cancellationToken);

    /// <summary>Has it done soon by a queue function, for a moderator who waits for the response.</summary>
    Task QueueAsync(Comment decided, CancellationToken cancellationToken);
}

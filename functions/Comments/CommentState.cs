namespace ServerlessBlog.Comments;

/// <summary>The moderation state of a comment.</summary>
public enum CommentState
{
    /// <summary>Not judged by the rules yet. Not shown.</summary>
    Waiting,

    /// <summary>Shown to everybody.</summary>
    Approved,

    /// <summary>Waiting for a moderator's decision. Not shown.</summary>
    Held,

    /// <summary>Spam. Not shown.</summary>
    Spam,

    /// <summary>
    /// Deleted. Not shown. A moderator can restore what a moderator put here, but not what its writer withdrew: see
    /// <see cref="Comment.IsRestorable"/>.
    /// </summary>
    Trash,
}

namespace ServerlessBlog.Comments;

/// <summary>What has been decided about a comment.</summary>
public enum CommentState
{
    /// <summary>Nothing yet: the rules will judge it.</summary>
    Waiting,

    /// <summary>Everybody sees it.</summary>
    Approved,

    /// <summary>A moderator is to decide.</summary>
    Held,

    /// <summary>Nobody sees it.</summary>
    Spam,

    /// <summary>Nobody sees it. What its writer took back stays here; what a moderator threw away can be brought back, see <see cref="Comment.IsRestorable"/>.</summary>
    Trash,
}

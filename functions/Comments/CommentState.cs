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

    /// <summary>Taken back by its writer: nobody sees it, and nothing brings it back.</summary>
    Trash,
}

namespace ServerlessBlog.Admin.Comments;

/// <summary>Action of a moderator on comments. The names are form values.</summary>
public enum ModeratorAction
{
    /// <summary>Approve: readers see the comment.</summary>
    Approve,

    /// <summary>Hold the comment for a later decision.</summary>
    Hold,

    /// <summary>Mark as spam: readers do not see the comment.</summary>
    Spam,

    /// <summary>Move to the trash: readers do not see the comment; <see cref="Restore"/> is possible.</summary>
    Trash,

    /// <summary>
    /// Return the comment to the state before its current one, from the audit; held when that is unknown.
    /// </summary>
    Restore,

    /// <summary>
    /// Undo the last action: the state is in each item, see <see cref="CommentVersion.PreviousState"/>.
    /// </summary>
    Undo,
}

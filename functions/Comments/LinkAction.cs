namespace ServerlessBlog.Comments;

/// <summary>
/// The right that a signed link carries. The names are part of the links that were mailed: they must not change.
/// </summary>
public enum LinkAction
{
    /// <summary>Seeing one's own comment with its state, revising, withdrawing and erasing it.</summary>
    Receipt,

    /// <summary>Approving one comment.</summary>
    Approve,

    /// <summary>Marking one comment as spam.</summary>
    Spam,
}

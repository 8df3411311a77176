namespace ServerlessBlog.Admin.Comments;

/// <summary>What a moderator does with comments.</summary>
public enum ModeratorAction
{
    /// <summary>Everybody sees them.</summary>
    Approve,

    /// <summary>They wait for somebody to decide.</summary>
    Hold,

    /// <summary>Nobody sees them.</summary>
    Spam,

    /// <summary>Nobody sees them, until they are brought back.</summary>
    Trash,

    /// <summary>They are again what they were before they came to where they are.</summary>
    Restore,

    /// <summary>As they were before the last act, each as its item says.</summary>
    Undo,
}

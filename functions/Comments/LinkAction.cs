namespace ServerlessBlog.Comments;

/// <summary>What a signed link allows.</summary>
public enum LinkAction
{
    /// <summary>See one's own comment and what became of it.</summary>
    Receipt,

    /// <summary>Approve one comment.</summary>
    Approve,

    /// <summary>Mark one comment as spam.</summary>
    Spam,
}

namespace ServerlessBlog.Posts.Storage;

/// <summary>A list of posts for their authors. The names are part of row keys.</summary>
public enum StatusList
{
    /// <summary>All posts, deleted ones too.</summary>
    All,

    /// <summary>Public posts.</summary>
    Published,

    /// <summary>Drafts.</summary>
    Draft,

    /// <summary>Posts that become public at their date.</summary>
    Scheduled,

    /// <summary>Posts whose expiry date is over.</summary>
    Expired,

    /// <summary>Posts whose file is deleted.</summary>
    Deleted,

    /// <summary>Posts whose report has notes.</summary>
    Warnings,
}

/// <summary>An entry of a list of posts.</summary>
/// <param name="List">The list.</param>
/// <param name="Place">The part of the row key that determines the order and names the post.</param>
/// <param name="Version">The ETag of the row.</param>
public sealed record StatusListEntry(StatusList List, string Place, string Version)
{
    /// <summary>The post.</summary>
    public PostId Post => new(Place[^32..]);

    /// <summary>Whether the post, as it is now, is at this place of the list; null: there is no such post.</summary>
    public bool IsOf(Post? post) =>
        post is { IsInStatusLists: true }
        && PostStatusRows.PlaceOf(post) == Place
        && PostStatusRows.ListsOf(post).Contains(List);
}

/// <summary>A page of a list of posts.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Next">The place to go on after; null at the end of the list.</param>
public sealed record StatusListPage(IReadOnlyList<StatusListEntry> Entries, string? Next);

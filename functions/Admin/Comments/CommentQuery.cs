using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Query of a moderator for comments in one state.</summary>
/// <param name="State">State of the comments.</param>
/// <param name="After">Place in the list of the state that the page begins after; null for the first page.</param>
/// <param name="Search">
/// Text to find in the comment or in name, e-mail address and website of its writer; empty for any.
/// </param>
/// <param name="Post">Post of the comments; null for all posts.</param>
/// <param name="AreAllChecked">True to show all comments of the page ticked, which needs no script.</param>
public sealed record CommentQuery(
    CommentState State,
    string? After = null,
    string Search = "",
    PostId? Post = null,
    bool AreAllChecked = false
)
{
    /// <summary>True when the query selects only some comments of the list.</summary>
    public bool IsNarrowed => Search.Length > 0 || Post is not null;

    /// <summary>False when the key alone shows that a comment in this state does not match.</summary>
    public bool MayMatch(CommentKey comment) => Post is null || comment.Post == Post;
}

/// <summary>One page of the comments that match a <see cref="CommentQuery"/>.</summary>
/// <param name="Comments">
/// The comments. Fewer than a page when the limit of comments read was reached first; there may then be a next page.
/// </param>
/// <param name="After">Place that the next page begins after; null on the last page.</param>
public sealed record CommentQueryResult(IReadOnlyList<Comment> Comments, string? After);

using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Which comments a moderator wants to see.</summary>
/// <param name="State">In this state.</param>
/// <param name="After">After this place in its list; null for those from its beginning.</param>
/// <param name="Search">With this in their text, or in what is known of their writer; empty for any.</param>
/// <param name="Post">On this post; null for all.</param>
public sealed record CommentQuery(CommentState State, string? After = null, string Search = "", PostId? Post = null)
{
    /// <summary>Whether not all of the list is wanted.</summary>
    public bool IsNarrowed => Search.Length > 0 || Post is not null;

    /// <summary>Whether a comment in this state may be wanted, as far as its key tells.</summary>
    public bool MayBe(CommentKey comment) => Post is null || comment.Post == Post;
}

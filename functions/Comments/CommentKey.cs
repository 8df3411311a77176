using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>
/// The ids of a comment and its post, which together name its row; also the content of queue messages and signed links.
/// </summary>
/// <param name="Post">The id of the post.</param>
/// <param name="Comment">The id of the comment.</param>
public readonly record struct CommentKey(PostId Post, CommentId Comment)
{
    /// <summary>
    /// Creates the content of a queue message that asks for a check of all waiting comments of a post. A program that
    /// does not know these takes it as the key of a comment that is not there.
    /// </summary>
    public static CommentKey CheckOf(PostId post) => new(post, CommentId.None);

    /// <summary>Whether this is no comment's key but asks for a check: see <see cref="CheckOf"/>.</summary>
    public bool IsCheck => Comment == CommentId.None;

    /// <summary>Parses the output of <see cref="ToString"/>. Returns false for anything else; never throws.</summary>
    public static bool TryParse(string? text, out CommentKey key)
    {
        key = default;
        if (
            text?.Split('-') is not [var post, var comment]
            || !PostId.TryParse(post, out var postId)
            || !CommentId.TryParse(comment, out var commentId)
        )
        {
            return false;
        }

        key = new CommentKey(postId, commentId);
        return true;
    }

    /// <summary>Both ids with a hyphen between them: 65 characters.</summary>
    public override string ToString() => $"{Post}-{Comment}";
}

using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>Where a comment is kept: what messages and links name it by.</summary>
/// <param name="Post">The post it belongs to.</param>
/// <param name="Comment">The comment.</param>
public readonly record struct CommentKey(PostId Post, CommentId Comment)
{
    /// <summary>Reads what <see cref="ToString"/> wrote. False for anything else; never throws.</summary>
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

    /// <summary>The two ids with a hyphen between: 65 characters.</summary>
    public override string ToString() => $"{Post}-{Comment}";
}

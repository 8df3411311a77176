using ServerlessBlog.Comments;

namespace ServerlessBlog.Letters.Replies;

/// <summary>A recipient's wish to be told of replies in a thread.</summary>
/// <param name="Recipient">The recipient's id.</param>
/// <param name="Comments">Their comments in the thread of which replies are to be told, the oldest first.</param>
/// <param name="FollowsThread">Whether every comment in the thread is to be told, not only replies to theirs.</param>
public sealed record Follower(string Recipient, IReadOnlyList<CommentId> Comments, bool FollowsThread)
{
    /// <summary>The maximum number of comments of one writer in a thread: 50.</summary>
    public const int MaxComments = 50;

    /// <summary>Whether they ended it: their comments stay here, in case they want replies again.</summary>
    public bool IsOff { get; init; }

    /// <summary>Whether they are to be told of a comment.</summary>
    public bool Wants(Comment comment) =>
        !IsOff
        && !Comments.Contains(comment.Key.Comment)
        && (FollowsThread || (comment.ReplyTo is { } parent && Comments.Contains(parent)));

    /// <summary>Returns the wish with one more comment; the oldest goes when there are too many.</summary>
    internal Follower With(CommentId comment) =>
        Comments.Contains(comment) ? this : this with { Comments = [.. Comments.TakeLast(MaxComments - 1), comment] };
}

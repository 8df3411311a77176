namespace ServerlessBlog.Comments;

/// <summary>The counters of a post's conversation, stored in one row.</summary>
/// <param name="Shown">The number of approved comments.</param>
/// <param name="Last">
/// The highest comment number assigned so far. Comments that are hidden again leave gaps, so that the others stay on
/// the page they are on.
/// </param>
/// <param name="Threads">
/// The number of threads begun so far; 0 in rows written before there were replies, when every comment was a thread.
/// </param>
public sealed record CommentCounts(int Shown, int Last, int Threads)
{
    /// <summary>The counters of a post that has never had an approved comment.</summary>
    public static CommentCounts Empty { get; } = new(0, 0, 0);

    /// <summary>The number of threads begun so far.</summary>
    public int Threads { get; } = Threads > 0 ? Threads : Last;

    /// <summary>
    /// Counts one more approved comment. It keeps the position it had before; else it is placed below the comment that
    /// it replies to, or begins a thread.
    /// </summary>
    /// <param name="comment">The comment to show.</param>
    /// <param name="parent">The position of the comment that it replies to; null when it is no reply.</param>
    /// <param name="levels">The number of levels that threads are nested, from 1 (no nesting).</param>
    public (Comment Comment, CommentCounts Counts) Show(Comment comment, ThreadPath? parent, int levels)
    {
        if (comment.Position is not null)
        {
            return (comment, new CommentCounts(Shown + 1, Last, Threads));
        }

        var reply = levels > 1 ? parent?.Below(Last + 1, levels) : null;
        var placed = comment with { Number = Last + 1, Position = reply ?? ThreadPath.ForThread(Threads + 1) };
        return (placed, new CommentCounts(Shown + 1, Last + 1, reply is null ? Threads + 1 : Threads));
    }

    /// <summary>Counts one approved comment less. Its number and its thread are not assigned again.</summary>
    public CommentCounts Hide() => new(Shown - 1, Last, Threads);
}

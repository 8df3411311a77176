namespace ServerlessBlog.Comments;

/// <summary>How many of a post's comments everybody sees.</summary>
/// <param name="Shown">How many there are.</param>
/// <param name="Last">The highest number that one of them has had. Hidden ones leave gaps, so that a page of comments keeps its comments.</param>
/// <param name="Threads">How many threads have begun; 0 was written before there were replies, when each comment was one.</param>
public sealed record CommentCounts(int Shown, int Last, int Threads)
{
    /// <summary>Nothing has been shown yet.</summary>
    public static CommentCounts Empty { get; } = new(0, 0, 0);

    /// <summary>How many threads have begun.</summary>
    public int Threads { get; } = Threads > 0 ? Threads : Last;

    /// <summary>Shows one more: where it stood before, else below the one that it answers, else as a thread of its own.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="answered">Where the comment stands that it answers; null for none.</param>
    /// <param name="levels">How many levels of replies there are, from 1.</param>
    public (Comment Comment, CommentCounts Tally) Show(Comment comment, ThreadPath? answered, int levels)
    {
        if (comment.Position is not null)
        {
            return (comment, new CommentCounts(Shown + 1, Last, Threads));
        }

        var below = levels > 1 ? answered?.Below(Last + 1, levels) : null;
        var placed = comment with { Number = Last + 1, Position = below ?? ThreadPath.OfThread(Threads + 1) };
        return (placed, new CommentCounts(Shown + 1, Last + 1, below is null ? Threads + 1 : Threads));
    }

    /// <summary>Hides one.</summary>
    public CommentCounts Hide() => new(Shown - 1, Last, Threads);
}

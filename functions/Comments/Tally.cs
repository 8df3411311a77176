namespace ServerlessBlog.Comments;

/// <summary>How many of a post's comments everybody sees.</summary>
/// <param name="Shown">How many there are.</param>
/// <param name="Last">The highest number that one of them has had. Hidden ones leave gaps, so that a page of comments keeps its comments.</param>
public sealed record Tally(int Shown, int Last)
{
    /// <summary>Nothing has been shown yet.</summary>
    public static Tally Empty { get; } = new(0, 0);

    /// <summary>Shows one more: under the number it had before, else under the next.</summary>
    public (Comment Comment, Tally Tally) Show(Comment comment) => comment.Number > 0
        ? (comment, this with { Shown = Shown + 1 })
        : (comment with { Number = Last + 1 }, new Tally(Shown + 1, Last + 1));

    /// <summary>Hides one.</summary>
    public Tally Hide() => this with { Shown = Shown - 1 };
}

namespace ServerlessBlog.Settings;

/// <summary>What happens to comments: WordPress's discussion settings, under its names.</summary>
/// <param name="Moderation">Hold every comment.</param>
/// <param name="PreviouslyApproved">Hold the first comment of a name and e-mail address.</param>
/// <param name="MaxLinks">This many links or more hold a comment; 0 turns the rule off.</param>
/// <param name="PageSize">How many comments stand on a page: 1 to 500.</param>
/// <param name="Depth">How many levels a conversation has: 1 to 10; 1: nobody can answer a comment.</param>
/// <param name="FormSeconds">A form that was filled in faster than this, in seconds, or came without its token, holds a comment; 0 turns the rule off.</param>
/// <param name="FloodSeconds">So many seconds lie between two comments from one address; 0 turns the limit off.</param>
/// <param name="CloseAfterDays">So many days after its date a post takes no more comments; 0: it always does.</param>
/// <param name="KeepDays">So many days spam and what was thrown away are kept; 0: for ever.</param>
/// <param name="ModerationKeys">Words that hold a comment, wherever in it they stand; compared without case.</param>
/// <param name="DisallowedKeys">Words that make a comment spam; compared without case.</param>
public sealed record CommentSettings(
    bool Moderation,
    bool PreviouslyApproved,
    int MaxLinks,
    int PageSize,
    int Depth,
    int FormSeconds,
    int FloodSeconds,
    int CloseAfterDays,
    int KeepDays,
    IReadOnlyList<string> ModerationKeys,
    IReadOnlyList<string> DisallowedKeys
)
{
    /// <summary>The highest <see cref="MaxLinks"/>.</summary>
    public const int MostLinks = 100;

    /// <summary>The highest <see cref="FormSeconds"/>: an hour.</summary>
    public const int MostFormSeconds = 3600;
}

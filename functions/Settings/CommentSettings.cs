namespace ServerlessBlog.Settings;

/// <summary>The settings of comments, named after WordPress's discussion settings where it has them.</summary>
/// <param name="Moderation">True to hold every comment for moderation.</param>
/// <param name="PreviouslyApproved">
/// True to hold the first comment of each combination of name and e-mail address.
/// </param>
/// <param name="MaxLinks">The number of links from which on a comment is held; 0 turns the rule off.</param>
/// <param name="PageSize">The number of threads per page of comments: 1 to 500.</param>
/// <param name="Depth">The maximum number of levels of a thread: 1 to 10. With 1, comments take no replies.</param>
/// <param name="FormSeconds">
/// The minimum time to fill in the form, in seconds: a comment sent faster, or without a form token, is held; 0 turns
/// the rule off.
/// </param>
/// <param name="FloodSeconds">
/// The minimum time between two comments from one client address, in seconds; 0 turns the limit off.
/// </param>
/// <param name="CloseAfterDays">
/// The number of days after a post's date during which it accepts comments; 0 means without end.
/// </param>
/// <param name="KeepDays">
/// The number of days for which spam and trash are kept; 0 means without end.
/// </param>
/// <param name="ModerationKeys">
/// Words that hold a comment when they occur anywhere in it; compared without case.
/// </param>
/// <param name="DisallowedKeys">
/// Words that make a comment spam when they occur anywhere in it; compared without case.
/// </param>
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
    /// <summary>The default of <see cref="MaxPerDay"/>: 1,000.</summary>
    public const int DefaultMaxPerDay = 1_000;

    /// <summary>The maximum number of new comments in a day on the whole blog; 0 turns the limit off.</summary>
    public int MaxPerDay { get; init; }

    /// <summary>Of <see cref="Mail"/>: the authors get a mail about each comment that is not spam.</summary>
    public const string MailAll = "all";

    /// <summary>Of <see cref="Mail"/>: the authors get a mail about each held comment.</summary>
    public const string MailHeld = "held";

    /// <summary>Of <see cref="Mail"/>: the authors get no mail about comments.</summary>
    public const string MailNone = "none";

    /// <summary>About which comments the authors get a mail: all, held (the default) or none.</summary>
    public string Mail { get; init; } = MailHeld;

    /// <summary>The default of <see cref="MailMinutes"/>: 10.</summary>
    public const int DefaultMailMinutes = 10;

    /// <summary>
    /// The minimum number of minutes between two mails to the authors about comments: the first is sent at once, what
    /// comes until the next goes together; 0 sends one for each comment.
    /// </summary>
    public int MailMinutes { get; init; }

    /// <summary>The highest allowed value of <see cref="MaxLinks"/>.</summary>
    public const int MaxLinksLimit = 100;

    /// <summary>The highest allowed value of <see cref="FormSeconds"/>: one hour.</summary>
    public const int FormSecondsLimit = 3600;
}

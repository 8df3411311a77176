namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// The moderation rules that a moderator saved; they take the place of those in the app settings. Ranges: see
/// <see cref="CommentSettings"/>.
/// </summary>
/// <param name="Moderation">Whether every comment is held.</param>
/// <param name="PreviouslyApproved">Whether the first comment with a name and e-mail address is held.</param>
/// <param name="MaxLinks">The number of links from which a comment is held; 0 turns the rule off.</param>
/// <param name="FormSeconds">
/// The minimum time to write a comment, in seconds; a comment that was written faster or came without a form token is
/// held. 0 turns the rule off.
/// </param>
/// <param name="ModerationKeys">The words that hold a comment.</param>
/// <param name="DisallowedKeys">The words that make a comment spam.</param>
/// <param name="By">The moderator who saved the rules.</param>
/// <param name="Time">When the rules were saved.</param>
public sealed record SavedRules(
    bool Moderation,
    bool PreviouslyApproved,
    int MaxLinks,
    int FormSeconds,
    IReadOnlyList<string> ModerationKeys,
    IReadOnlyList<string> DisallowedKeys,
    string By,
    DateTimeOffset Time
)
{
    /// <summary>Creates the record to save from the rules in <paramref name="settings"/>.</summary>
    /// <param name="settings">The settings; those that are no rules are ignored.</param>
    /// <param name="by">The moderator who saves the rules.</param>
    /// <param name="time">The current time.</param>
    public static SavedRules From(CommentSettings settings, string by, DateTimeOffset time) =>
        new(
            settings.Moderation,
            settings.PreviouslyApproved,
            settings.MaxLinks,
            settings.FormSeconds,
            settings.ModerationKeys,
            settings.DisallowedKeys,
            by,
            time
        );

    /// <summary>Returns the settings with their rules replaced by these.</summary>
    public CommentSettings Over(CommentSettings settings) =>
        settings with
        {
            Moderation = Moderation,
            PreviouslyApproved = PreviouslyApproved,
            MaxLinks = MaxLinks,
            FormSeconds = FormSeconds,
            ModerationKeys = ModerationKeys,
            DisallowedKeys = DisallowedKeys,
        };
}

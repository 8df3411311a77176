using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>The rules as a moderator saved them; what the environment says of them counts no more then. Limits: as of <see cref="CommentSettings"/>.</summary>
/// <param name="Moderation">Hold every comment.</param>
/// <param name="PreviouslyApproved">Hold the first comment of a name and e-mail address.</param>
/// <param name="MaxLinks">This many links or more hold a comment; 0 turns the rule off.</param>
/// <param name="FormSeconds">A form that was filled in faster than this, in seconds, or came without its token, holds a comment; 0 turns the rule off.</param>
/// <param name="ModerationKeys">Words that hold a comment.</param>
/// <param name="DisallowedKeys">Words that make a comment spam.</param>
/// <param name="By">Who saved them.</param>
/// <param name="Time">When.</param>
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
    /// <summary>The rules of settings, as they are saved.</summary>
    /// <param name="settings">The settings; what is no rule in them is not saved.</param>
    /// <param name="by">Who saves them.</param>
    /// <param name="time">When.</param>
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

    /// <summary>The environment's settings with these rules in place of its own.</summary>
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

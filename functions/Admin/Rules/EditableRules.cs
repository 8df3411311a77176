namespace ServerlessBlog.Admin.Rules;

/// <summary>The rules that moderators may edit.</summary>
public static class EditableRules
{
    /// <summary>All editable rules, in the order of the form.</summary>
    public static IReadOnlyList<EditableRule> All { get; } =
    [
        new SwitchRule("all", "Hold every comment")
        {
            Get = settings => settings.Moderation,
            Set = (settings, isOn) => settings with { Moderation = isOn },
        },
        new SwitchRule("first", "Hold the first comment of a name and e-mail address")
        {
            Get = settings => settings.PreviouslyApproved,
            Set = (settings, isOn) => settings with { PreviouslyApproved = isOn },
        },
        new NumberRule(
            "links",
            "Links that hold a comment",
            "This many or more. 0: any number passes.",
            CommentSettings.MaxLinksLimit
        )
        {
            Get = settings => settings.MaxLinks,
            Set = (settings, number) => settings with { MaxLinks = number },
        },
        new NumberRule(
            "seconds",
            "Shortest time to write a comment, in seconds",
            "A comment that is sent sooner, or without the token of the form, is held. 0: no limit.",
            CommentSettings.FormSecondsLimit
        )
        {
            Get = settings => settings.FormSeconds,
            Set = (settings, number) => settings with { FormSeconds = number },
        },
        new WordsRule(
            "held",
            "Words that hold a comment",
            "One a line; anywhere in the text, the name, the address or the website; upper or lower case."
        )
        {
            Get = settings => settings.ModerationKeys,
            Set = (settings, words) => settings with { ModerationKeys = words },
        },
        new WordsRule(
            "spam",
            "Words that make a comment spam",
            "One a line; anywhere in the text, the name, the address or the website; upper or lower case."
        )
        {
            Get = settings => settings.DisallowedKeys,
            Set = (settings, words) => settings with { DisallowedKeys = words },
        },
    ];
}

namespace ServerlessBlog.Admin.Rules;

/// <summary>The rules that moderators may edit.</summary>
public static class EditableRules
{
    /// <summary>All editable rules, in the order of the form.</summary>
    public static IReadOnlyList<EditableRule> All { get; } =
    [
        new SwitchRule("all")
        {
            Get = settings => settings.Moderation,
            Set = (settings, isOn) => settings with { Moderation = isOn },
        },
        new SwitchRule("first")
        {
            Get = settings => settings.PreviouslyApproved,
            Set = (settings, isOn) => settings with { PreviouslyApproved = isOn },
        },
        new NumberRule("links", CommentSettings.MaxLinksLimit)
        {
            Get = settings => settings.MaxLinks,
            Set = (settings, number) => settings with { MaxLinks = number },
        },
        new NumberRule("seconds", CommentSettings.FormSecondsLimit)
        {
            Get = settings => settings.FormSeconds,
            Set = (settings, number) => settings with { FormSeconds = number },
        },
        new WordsRule("held")
        {
            Get = settings => settings.ModerationKeys,
            Set = (settings, words) => settings with { ModerationKeys = words },
        },
        new WordsRule("spam")
        {
            Get = settings => settings.DisallowedKeys,
            Set = (settings, words) => settings with { DisallowedKeys = words },
        },
    ];
}

using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Admin.Rules;

/// <summary>A rule that moderators may edit is stored with the saved rules.</summary>
public sealed class EditableRulesTests
{
    private static readonly CommentSettings Defaults = new(
        Moderation: false,
        PreviouslyApproved: false,
        MaxLinks: 0,
        PageSize: 50,
        Depth: 5,
        FormSeconds: 0,
        FloodSeconds: 0,
        CloseAfterDays: 0,
        KeepDays: 30,
        ModerationKeys: [],
        DisallowedKeys: []
    );

    public static TheoryData<string> Names => [.. EditableRules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_value_of_a_rule_is_the_same_after_it_was_saved(string name)
    {
        var rule = EditableRules.All.Single(rule => rule.Name == name);
        var changed = rule.Apply(Defaults, rule is SwitchRule ? SwitchRule.On : "7", out var problem);

        var saved = SavedRules.From(changed, "Ada", DateTimeOffset.UnixEpoch).Over(Defaults);

        Assert.Null(problem);
        Assert.NotEqual(rule.Format(Defaults), rule.Format(changed));
        Assert.Equal(rule.Format(changed), rule.Format(saved));
    }
}

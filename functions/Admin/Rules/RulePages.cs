using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Rules;

/// <summary>Makes the page of the rules.</summary>
public sealed class RulePages(RuleTable rules, DeskAnswers answers, BlogSettings settings)
{
    /// <summary>The rules that count or, where somebody is changing them, what was typed.</summary>
    public async Task<IResult> ShowAsync(RuleDraft draft, CancellationToken cancellationToken, int status = StatusCodes.Status200OK)
    {
        var saved = await rules.FindAsync(cancellationToken);
        var offer = draft.Offer ?? RuleOffer.Of(saved?.Value.Over(settings.Comments) ?? settings.Comments);
        return await answers.PageAsync(
            frame => DeskRules.Create(new DeskRulesView
            {
                Frame = frame,
                Saved = saved?.Value is { } by ? (by.By, settings.Local(by.Time)) : null,
                Version = draft.Version ?? saved?.Version ?? "",
                Switches = [.. EditableRules.All.OfType<SwitchRule>().Select(rule => SwitchOf(rule, offer))],
                Fields = [.. EditableRules.All.Where(rule => rule is not SwitchRule).Select(rule => FieldOf(rule, offer, draft))],
                Problem = draft.Problems?.GetValueOrDefault("form"),
                Tried = draft.Tried,
                Done = draft.Done,
            }),
            cancellationToken,
            status);
    }

    private static SwitchView SwitchOf(SwitchRule rule, RuleOffer offer) => new(rule.Name, rule.Label, SwitchRule.On, offer[rule] == SwitchRule.On);

    private static FieldView FieldOf(EditableRule rule, RuleOffer offer, RuleDraft draft) => new()
    {
        Name = rule.Name,
        Label = rule.Label,
        Type = rule is NumberRule ? "number" : "textarea",
        MaxLength = rule.MaxLength,
        IsRequired = rule is NumberRule,
        Hint = rule.Hint,
        Value = offer[rule],
        Problem = draft.Problems?.GetValueOrDefault(rule.Name),
    };
}

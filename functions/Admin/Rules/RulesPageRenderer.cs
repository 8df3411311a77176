using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Rules;

/// <summary>Renders the page of the rules.</summary>
public sealed class RulesPageRenderer(RuleTable rules, AdminPageResults results, BlogSettings settings)
{
    /// <summary>The form with the rules in effect or, after a POST that did not save, with the rules as sent.</summary>
    /// <param name="draft">Form, messages and dry run of the request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <param name="status">HTTP status code.</param>
    public async Task<IResult> ShowAsync(
        RulesDraft draft,
        CancellationToken cancellationToken,
        int status = StatusCodes.Status200OK
    )
    {
        var saved = await rules.FindAsync(cancellationToken);
        var submitted = draft.Form ?? RulesForm.From(saved?.Value.Over(settings.Comments) ?? settings.Comments);
        return await results.PageAsync(
            site =>
                RulesPage.Create(
                    new RulesView
                    {
                        Site = site,
                        Saved = saved?.Value is { } by ? (by.By, settings.ToLocalTime(by.Time)) : null,
                        Version = draft.Version ?? saved?.Version ?? "",
                        Switches =
                        [
                            .. EditableRules.All.OfType<SwitchRule>().Select(rule => CheckboxFor(rule, submitted)),
                        ],
                        Fields =
                        [
                            .. EditableRules
                                .All.Where(rule => rule is not SwitchRule)
                                .Select(rule => FieldFor(rule, submitted, draft)),
                        ],
                        Problem = draft.Problems?.GetValueOrDefault("form"),
                        DryRun = draft.DryRun,
                        Confirmation = draft.Confirmation,
                    }
                ),
            cancellationToken,
            status
        );
    }

    private static CheckboxView CheckboxFor(SwitchRule rule, RulesForm submitted) =>
        new(rule.Name, rule.Label, SwitchRule.On, submitted[rule] == SwitchRule.On);

    private static FieldView FieldFor(EditableRule rule, RulesForm submitted, RulesDraft draft) =>
        new()
        {
            Name = rule.Name,
            Label = rule.Label,
            Type = rule is NumberRule ? "number" : "textarea",
            MaxLength = rule.MaxLength,
            IsRequired = rule is NumberRule,
            Hint = rule.Hint,
            Value = submitted[rule],
            Problem = draft.Problems?.GetValueOrDefault(rule.Name),
        };
}

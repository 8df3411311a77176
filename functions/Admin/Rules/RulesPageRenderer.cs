using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Texts;
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
                            .. EditableRules
                                .All.OfType<SwitchRule>()
                                .Select(rule => CheckboxFor(site.Texts, rule, submitted)),
                        ],
                        Fields =
                        [
                            .. EditableRules
                                .All.Where(rule => rule is not SwitchRule)
                                .Select(rule => FieldFor(site.Texts, rule, submitted, draft)),
                        ],
                        Problem = ProblemOf(site.Texts, draft, "form"),
                        DryRun = draft.DryRun,
                        Confirmation = draft.Confirmation is { } confirmation ? site.Texts[confirmation] : null,
                    }
                ),
            cancellationToken,
            status
        );
    }

    private static CheckboxView CheckboxFor(SiteTexts texts, SwitchRule rule, RulesForm submitted) =>
        new(rule.Name, texts[rule.Label], SwitchRule.On, submitted[rule] == SwitchRule.On);

    private static FieldView FieldFor(SiteTexts texts, EditableRule rule, RulesForm submitted, RulesDraft draft) =>
        new()
        {
            Name = rule.Name,
            Label = texts[rule.Label],
            Type = rule is NumberRule ? "number" : "textarea",
            MaxLength = rule.MaxLength,
            IsRequired = rule is NumberRule,
            Hint = rule.Hint is { } hint ? texts[hint] : null,
            Value = submitted[rule],
            Problem = ProblemOf(texts, draft, rule.Name),
        };

    private static string? ProblemOf(SiteTexts texts, RulesDraft draft, string name) =>
        draft.Problems?.GetValueOrDefault(name) is { } problem ? texts.Format(problem) : null;
}

using ServerlessBlog.Comments;
using ServerlessBlog.Desk;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Pages;

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
                HoldsAll = offer.Moderation,
                HoldsFirst = offer.PreviouslyApproved,
                Fields =
                [
                    Field("links", "Links that hold a comment", "number", 3, "So many or more. 0: any number passes.", offer.MaxLinks),
                    Field("seconds", "Seconds that a writer takes at least", "number", 4, "A form that is faster, or comes without its token, holds a comment. 0: it is not looked at.", offer.FormSeconds),
                    Field("held", "Words that hold a comment", "textarea", RuleOffer.MaxWords, "One a line; anywhere in the text, the name, the address or the website; upper or lower case.", offer.ModerationKeys),
                    Field("spam", "Words that make a comment spam", "textarea", RuleOffer.MaxWords, "As above.", offer.DisallowedKeys),
                ],
                Problem = draft.Problems?.GetValueOrDefault("form"),
                Tried = draft.Tried,
                Done = draft.Done,
            }),
            cancellationToken,
            status);

        FieldView Field(string name, string label, string type, int most, string hint, string value) =>
            new FieldView
            {
                Name = name,
                Label = label,
                Type = type,
                MaxLength = most,
                IsRequired = type == "number",
                Hint = hint,
                Value = value,
                Problem = draft.Problems?.GetValueOrDefault(name),
            };
    }
}

namespace ServerlessBlog.Admin.Rules;

/// <summary>State of the rules form between two requests.</summary>
/// <param name="Form">The rules as sent; null for the rules in effect.</param>
/// <param name="Problems">Error messages by field name; <c>form</c> for the whole form. Null for none.</param>
/// <param name="DryRun">Result of the dry run; null without one.</param>
/// <param name="Confirmation">Sentence that confirms the last action; null for none.</param>
/// <param name="Version">Version of the saved rules that the moderator saw; null for the current version.</param>
public sealed record RulesDraft(
    RulesForm? Form = null,
    IReadOnlyDictionary<string, string>? Problems = null,
    DryRunResult? DryRun = null,
    string? Confirmation = null,
    string? Version = null
);

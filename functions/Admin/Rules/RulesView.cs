using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Rules;

/// <summary>View of the rules page.</summary>
public sealed record RulesView
{
    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>
    /// Moderator who saved the rules, and when, in the blog's time zone; null while the rules of the settings apply.
    /// </summary>
    public required (string By, DateTimeOffset Time)? Saved { get; init; }

    /// <summary>Version of the saved rules; empty when none are saved.</summary>
    public required string Version { get; init; }

    /// <summary>Rules that are on or off.</summary>
    public required IReadOnlyList<CheckboxView> Switches { get; init; }

    /// <summary>Fields of the other rules.</summary>
    public required IReadOnlyList<FieldView> Fields { get; init; }

    /// <summary>Error message of the whole form; null for none.</summary>
    public required string? Problem { get; init; }

    /// <summary>Result of the dry run; null without one.</summary>
    public required DryRunResult? DryRun { get; init; }

    /// <summary>Sentence that confirms the last action; null for none.</summary>
    public required string? Confirmation { get; init; }
}

/// <summary>View of a checkbox.</summary>
/// <param name="Name">Name of the form field.</param>
/// <param name="Label">Label beside the checkbox.</param>
/// <param name="Value">Value that the form sends when the checkbox is ticked.</param>
/// <param name="IsOn">True when the checkbox is ticked.</param>
public sealed record CheckboxView(string Name, string Label, string Value, bool IsOn);

/// <summary>State of the rules form between two requests.</summary>
/// <param name="Form">The rules as sent; null for the rules in effect.</param>
/// <param name="Problems">Error messages by field name; <c>form</c> for the whole form. Null for none.</param>
/// <param name="DryRun">Result of the dry run; null without one.</param>
/// <param name="Confirmation">Key of the sentence that confirms the last action; null for none.</param>
/// <param name="Version">Version of the saved rules that the moderator saw; null for the current version.</param>
public sealed record RulesDraft(
    RulesForm? Form = null,
    IReadOnlyDictionary<string, TextReference>? Problems = null,
    DryRunResult? DryRun = null,
    string? Confirmation = null,
    string? Version = null
);

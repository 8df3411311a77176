namespace ServerlessBlog.Admin.Rules;

/// <summary>Rules on their way.</summary>
/// <param name="Form">As typed; null for those that count.</param>
/// <param name="Problems">What is wrong with them, by field; or form for all of it.</param>
/// <param name="DryRun">What they would change; null when nobody asked.</param>
/// <param name="Done">What has just been done; null for nothing.</param>
/// <param name="Version">Of the saved rules that were seen; null for those that are saved now.</param>
public sealed record RulesDraft(
    RulesForm? Form = null,
    IReadOnlyDictionary<string, string>? Problems = null,
    DryRunResult? DryRun = null,
    string? Done = null,
    string? Version = null
);

namespace ServerlessBlog.Admin.Rules;

/// <summary>What came of a trial of rules.</summary>
/// <param name="Comments">How many comments they were tried on.</param>
/// <param name="Changes">Those that they judge otherwise, decided about last first.</param>
public sealed record DryRunResult(int Comments, IReadOnlyList<ChangedVerdict> Changes);

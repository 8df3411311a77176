namespace ServerlessBlog.Posts.Theme;

/// <summary>What became of <c>theme/site.yml</c>.</summary>
/// <param name="Profile">The profile, with the default of each key that is missing or cannot be used.</param>
/// <param name="Problem">Why the file is not used at all, with line and column; null when it is used.</param>
/// <param name="Notes">Which values are not used or deserve attention, and why: one sentence each.</param>
/// <param name="Keys">The names of all keys that the program reads; empty when the file is not used.</param>
/// <param name="Invalid">
/// The first reason for each key whose value, or a part of it, cannot be used; inner keys are named as accent.light.
/// </param>
public sealed record SiteProfileResult(
    SiteProfile Profile,
    string? Problem,
    IReadOnlyList<string> Notes,
    IReadOnlyCollection<string> Keys,
    IReadOnlyDictionary<string, string> Invalid
);

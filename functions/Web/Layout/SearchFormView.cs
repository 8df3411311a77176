using ServerlessBlog.Texts;

namespace ServerlessBlog.Web.Layout;

/// <summary>View of the form that leads to the page of a search.</summary>
/// <param name="Text">The texts of the interface.</param>
/// <param name="Query">What was searched for; null at first.</param>
/// <param name="Problem">What is wrong with it; null for nothing.</param>
public sealed record SearchFormView(SiteTexts Text, string? Query = null, string? Problem = null);

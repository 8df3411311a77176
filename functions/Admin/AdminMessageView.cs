using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin;

/// <summary>A page of the desk that says one thing.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Sentence">The same for a person, and what to do.</param>
/// <param name="Button">What can be done here; null for nothing.</param>
/// <param name="Address">Where the button posts to.</param>
public sealed record AdminMessageView(SiteLayout Site, string Title, string Sentence, string? Button, string? Address);

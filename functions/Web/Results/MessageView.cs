using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>A page that says one thing: nothing is here, it is gone, comments are closed, something went wrong.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Sentence">The same for a person, and what to do.</param>
/// <param name="Detail">Small print, such as the id under which an error was logged; null for none.</param>
/// <param name="Newest">Posts to read instead; may be empty.</param>
public sealed record MessageView(
    SiteLayout Site,
    string Title,
    string Sentence,
    string? Detail,
    IReadOnlyList<LinkView> Newest
);

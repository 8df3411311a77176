using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>The view model of a page with one message: not found, gone, comments closed, or an error.</summary>
/// <param name="Site">The parts that every page shows.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Sentence">The message in one sentence, with what to do next.</param>
/// <param name="Detail">
/// An additional line in small print, such as the id under which an error was logged; null for none.
/// </param>
/// <param name="Newest">Links to the newest posts; may be empty.</param>
public sealed record MessageView(
    SiteLayout Site,
    string Title,
    string Sentence,
    string? Detail,
    IReadOnlyList<LinkView> Newest
);

using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>View of an index page: links to the lists of all tags or all months.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Title">Heading.</param>
/// <param name="Path">Path of the page.</param>
/// <param name="Groups">Groups of links; may be empty.</param>
/// <param name="EmptyText">Sentence shown when there are no groups.</param>
public sealed record IndexView(
    SiteLayout Site,
    string Title,
    string Path,
    IReadOnlyList<IndexGroup> Groups,
    string EmptyText
);

/// <summary>Group of links of an <see cref="IndexView"/>.</summary>
/// <param name="Heading">Heading, for example a year; null for none.</param>
/// <param name="Links">Links to lists, with the number of posts in each.</param>
public sealed record IndexGroup(LinkView? Heading, IReadOnlyList<(LinkView Link, int Count)> Links);

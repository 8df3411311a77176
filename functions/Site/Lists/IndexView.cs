using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>A page that leads to lists: all tags, all months.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Path">Its own address.</param>
/// <param name="Groups">What it leads to; may be empty.</param>
/// <param name="Nothing">A sentence for when there is nothing.</param>
public sealed record IndexView(
    SiteLayout Site,
    string Title,
    string Path,
    IReadOnlyList<IndexGroup> Groups,
    string Nothing
);

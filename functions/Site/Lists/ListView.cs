using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>View of a page of a list of posts.</summary>
/// <param name="Site">Layout data that every page shows.</param>
/// <param name="Title">Heading; null on the home page, whose heading is the title of the blog.</param>
/// <param name="Path">Path of this page.</param>
/// <param name="Posts">Posts in display order; may be empty.</param>
/// <param name="NewerAddress">Path of the page with newer posts; null on page 1.</param>
/// <param name="OlderAddress">Path of the page with older posts; null on the last.</param>
/// <param name="PageNumber">Page number, from 1.</param>
public sealed record ListView(
    SiteLayout Site,
    string? Title,
    string Path,
    IReadOnlyList<PostSummary> Posts,
    string? NewerAddress,
    string? OlderAddress,
    int PageNumber
)
{
    /// <summary>Path of the feed of this list alone, as Atom; null when it has none.</summary>
    public string? FeedPath { get; init; }
}

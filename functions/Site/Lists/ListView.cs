using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>One page of a list of posts.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Title">Its heading; null on the home page, whose heading is the blog's title.</param>
/// <param name="Path">Its own address.</param>
/// <param name="Posts">In the order to show; may be empty.</param>
/// <param name="NewerAddress">The page before this one; null on the first.</param>
/// <param name="OlderAddress">The page after this one; null on the last.</param>
/// <param name="PageNumber">From 1.</param>
public sealed record ListView(
    SiteLayout Site,
    string? Title,
    string Path,
    IReadOnlyList<PostSummary> Posts,
    string? NewerAddress,
    string? OlderAddress,
    int PageNumber
);

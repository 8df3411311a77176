namespace ServerlessBlog.Web.Layout;

/// <summary>What the layout is told about the page inside it.</summary>
/// <param name="Site">What every page shows.</param>
/// <param name="Title">The page's own title; null on the home page, whose title is the blog's.</param>
/// <param name="CanonicalPath">The page's permanent path; null when it has none.</param>
/// <param name="Description">One or two sentences for search engines and previews; null to leave them out.</param>
/// <param name="IsPrivate">True keeps the page out of search engines and its address out of other sites' logs.</param>
/// <param name="IsHome">True when the blog's title is the page's own heading.</param>
/// <param name="Article">What previews say of a post; null for any other page.</param>
/// <param name="HasScript">Whether the script has anything to do here.</param>
/// <param name="IsAdmin">True on the desk, whose forms must tell the blog where they come from.</param>
public sealed record LayoutView(
    SiteLayout Site,
    string? Title,
    string? CanonicalPath = null,
    string? Description = null,
    bool IsPrivate = false,
    bool IsHome = false,
    ArticleMeta? Article = null,
    bool HasScript = false,
    bool IsAdmin = false
);

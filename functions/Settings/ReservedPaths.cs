namespace ServerlessBlog.Settings;

/// <summary>
/// First path segments reserved for the program or the Functions host. No post, page or alias may have an address below
/// them.
/// </summary>
public static class ReservedPaths
{
    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        "page",
        "tags",
        "archive",
        "search",
        "api",
        "media",
        "comment",
        AdminPaths.Segment,
        "admin",
        "runtime",
        "feed.xml",
        "feeds",
        "atom.xml",
        "rss.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        "style.css",
        "blog.js",
    };

    /// <summary>Returns true when a path's first segment is reserved; ignores case.</summary>
    public static bool Contains(string segment) => All.Contains(segment);
}

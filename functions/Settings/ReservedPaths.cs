namespace ServerlessBlog.Settings;

/// <summary>First segments of paths that are the program's own, or the Functions host's: nothing of an author's stands below them.</summary>
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

    /// <summary>Whether a path's first segment is one of them; upper and lower case are the same.</summary>
    public static bool Contain(string segment) => All.Contains(segment);
}

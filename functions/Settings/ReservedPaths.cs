namespace ServerlessBlog.Settings;

/// <summary>
/// The addresses that the program or the Functions host answers itself. No post, page or alias can have one of them;
/// what else lies below <c>/archive</c>, <c>/tags</c> and the like is free.
/// </summary>
public static class ReservedPaths
{
    /// <summary>First segments below which every path is reserved.</summary>
    private static readonly HashSet<string> Folders = new(StringComparer.OrdinalIgnoreCase)
    {
        "api",
        "media",
        AdminPaths.Segment,
        "admin",
        "runtime",
    };

    /// <summary>Paths of one segment, without those of <see cref="Folders"/>; also of what is planned.</summary>
    private static readonly HashSet<string> Files = new(StringComparer.OrdinalIgnoreCase)
    {
        "page",
        "posts",
        "tags",
        "archive",
        "search",
        "opensearch.xml",
        "comment",
        "letters",
        "subscribe",
        "privacy",
        "comments.xml",
        "feed.xml",
        "feed.json",
        "feeds",
        "atom.xml",
        "rss.xml",
        "sitemap.xml",
        "robots.txt",
        "healthz",
        "readyz",
        "style.css",
        "blog.js",
        AdminPaths.ScriptRoute,
        "favicon.ico",
        "apple-touch-icon.png",
        "site.webmanifest",
    };

    /// <summary>Returns true when the path is reserved; ignores case and a slash at the end.</summary>
    /// <param name="path">The decoded path, from the root.</param>
    [SuppressMessage("Globalization", "CA1308", Justification = "Paths are compared in lower case.")]
    public static bool Contains(string path) =>
        path.ToLowerInvariant().Trim('/').Split('/') switch
        {
            [var folder, ..] when Folders.Contains(folder) => true,
            [".well-known", "security.txt"] => true,
            ["social-cards", _, _] => true,
            [var file] => Files.Contains(file) || IsSitemap(file),
            ["comment" or "letters" or "privacy" or "tags" or "authors" or "icons", _] => true,
            ["tags" or "authors", _, "page", var page] => IsNumber(page, 1, int.MaxValue),
            ["tags" or "authors", _, "feed.xml" or "atom.xml" or "feed.json"] => true,
            ["page", var page] => IsNumber(page, 1, int.MaxValue),
            ["posts", "page", var page] => IsNumber(page, 1, int.MaxValue),
            ["archive", .. var period, "page", var page] => IsPeriod(period) && IsNumber(page, 1, int.MaxValue),
            ["archive", .. var period] => IsPeriod(period),
            _ => false,
        };

    private static bool IsSitemap(string file) =>
        file.StartsWith("sitemap-", StringComparison.Ordinal)
        && file.EndsWith(".xml", StringComparison.Ordinal)
        && IsNumber(file["sitemap-".Length..^".xml".Length], 1, int.MaxValue);

    private static bool IsPeriod(string[] period) =>
        period switch
        {
            [var year] => IsNumber(year, 1000, 9998),
            [var year, var month] => IsNumber(year, 1000, 9998) && IsNumber(month, 1, 12),
            _ => false,
        };

    private static bool IsNumber(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most;
}
